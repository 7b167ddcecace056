/**
 * One line of JSON per thing worth knowing. The fields are a closed list of plain values: no object of an SDK, no event
 * and no error is ever written as it is, so that there is nothing to redact.
 */
export interface LogLine {
  readonly event: string;
  readonly requestId?: string;
  readonly requesterUid?: string | null;
  readonly status?: string;
  readonly engines?: readonly string[];
  readonly problem?: string | null;
  readonly detail?: string;
  readonly writes?: number;
  readonly failedChecks?: readonly string[];
  readonly durationMs?: number;
}

/** `console.log` of the runtime would put a prefix before the JSON; standard output is kept as it is. */
export function log(line: LogLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
