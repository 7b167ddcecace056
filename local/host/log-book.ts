import { addBounded, KEPT } from '../cloud/bounded.ts';

/** One line that a function, or the platform about it, wrote. */
export interface LogLine {
  readonly functionName: string;
  readonly requestId: string;
  readonly line: string;
}

/** Bytes of the log that `x-fc-log-type: Tail` brings back (vendor page "InvokeFunction"). */
const TAIL = 4096;

/** The latest log lines of all functions, in the order in which they were written. */
export class LogBook {
  readonly lines: LogLine[] = [];
  readonly #onLog: ((line: LogLine) => void) | undefined;

  readonly #keep: number;

  constructor(onLog: ((line: LogLine) => void) | undefined, keep = KEPT) {
    this.#onLog = onLog;
    this.#keep = keep;
  }

  add(line: LogLine): void {
    addBounded(this.lines, line, this.#keep);
    this.#onLog?.(line);
  }

  /** The end of what one invocation logged. */
  tail(requestId: string): string {
    const own = this.lines.filter((l) => l.requestId === requestId).map((l) => `${l.line}\n`);
    return Buffer.from(own.join('')).subarray(-TAIL).toString();
  }
}
