import type { HistoryLine } from '../../events/history.ts';

/**
 * One line of the log, in JSON. The fields are a closed list of plain values. No object of an SDK, no event and no
 * error is ever written whole, so no secret has to be redacted.
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
  /** Calls of the vendor's APIs, repetitions included. */
  readonly calls?: number;
  readonly failedChecks?: readonly string[];
  readonly roleArn?: string | null;
  /** Roles that a sweep judged, and how many of them some check failed. */
  readonly roles?: number;
  readonly failed?: number;
  /** From the first look at the event to its end, the log line left out. */
  readonly durationMs?: number;
  /** W3C Trace Context of whoever asked, as it came. */
  readonly traceparent?: string;
}

/** `console.log` of the runtime would put a prefix before the JSON; standard output is kept as it is. */
export function log(line: LogLine | HistoryLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
