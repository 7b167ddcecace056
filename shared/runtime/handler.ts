import { type Clock, type Millis, millis, systemClock } from './clock.ts';
import type { FunctionContext } from './context.ts';
import { HandshakeError, messageOf } from './errors.ts';
import { log } from './log.ts';

/** One invocation as the functions see it. */
export interface Invocation {
  readonly context: FunctionContext;
  readonly clock: Clock;
  /** No call may be under way after this: Function Compute ends the invocation a second later. */
  readonly deadline: Millis;
  /** Deliveries of this event before this one. */
  readonly attempt: number;
  /** The event as text, as the platform puts it into the record for a destination. */
  readonly payload: string;
}

export type Handler = (event: Buffer, context: FunctionContext) => Promise<string>;

const RESERVE_MS = 1_000;
/** Characters of an error that are thrown on: the platform keeps them twice, beside the event, and has a limit. */
const LONGEST_ERROR = 1_000;

/**
 * Wraps a function: decodes the event, sets the deadline, and turns what is thrown into an error whose message is
 * `[code] text` and nothing else, because Function Compute keeps it, retries, and hands it to the destination.
 */
export function handlerOf(run: (event: unknown, invocation: Invocation) => Promise<unknown>): Handler {
  return async (event, context) => {
    const clock = systemClock;
    const started = clock.now();
    const deadline = millis(started + context.function.timeout * 1_000 - RESERVE_MS);
    const payload = event.toString('utf8');
    const attempt = context.retryCount ?? 0;
    try {
      const result = await run(decode(payload), { context, clock, deadline, attempt, payload });
      return JSON.stringify(result);
    } catch (error) {
      const code = error instanceof HandshakeError ? error.code : 'internal';
      log({
        event: 'invocation-failed',
        problem: code,
        detail: messageOf(error),
        durationMs: clock.now() - started,
      });
      throw new Error(thrownText(error));
    }
  };
}

/** What is thrown on of an error: `[code] text`. */
export function thrownText(error: unknown): string {
  const code = error instanceof HandshakeError ? error.code : 'internal';
  const text = messageOf(error);
  return `[${code}] ${text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR)}...` : text}`;
}

/** The problem code and text of an error that `handlerOf` threw, out of what Function Compute kept of it. */
export function thrownProblem(message: string): { code: string; detail: string } | null {
  const head = /^\[[a-z-]+\] /.exec(message)?.[0];
  return head === undefined ? null : { code: head.slice(1, -2), detail: message.slice(head.length) };
}

/** JSON where the event is JSON, else its text. */
function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
