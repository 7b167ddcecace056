import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** What a stream can show. */
export interface Terminal {
  readonly colors: Colors;
  /** Columns; null where nobody reads along and a line may be as long as it likes. */
  readonly width: number | null;
  /** Whether lines can be drawn over: a terminal that is not dumb. */
  readonly live: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `NO_COLOR` (any value but the empty one, as no-color.org says) and a dumb terminal take colours away; a pipe has none. */
export function terminal(stream: Stream, environment: Environment = process.env): Terminal {
  const live = stream.isTTY === true && environment['TERM'] !== 'dumb';
  const quiet = (environment['NO_COLOR'] ?? '') !== '';
  return {
    colors: picocolors.createColors(live && !quiet),
    // A terminal that nobody has told its size, as in a container or under `script`, says 0.
    width: stream.isTTY === true ? stream.columns || 80 : columnsOf(environment),
    live,
  };
}

/** `COLUMNS` is set by whoever wants a width without a terminal. */
function columnsOf(environment: Environment): number | null {
  const columns = Number(environment['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : null;
}
