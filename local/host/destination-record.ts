import type { Millis } from '../../shared/runtime/clock.ts';
import type { QueuedEvent, Verdict } from './async-queue.ts';

/** What a destination receives (vendor page "Result callback"). */
export interface DestinationRecord {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    /** Type of the invocation error; empty for a success. */
    readonly condition: string;
    /** Attempts made: more than 1 means that it was retried. */
    readonly approximateInvokeCount: number;
  };
  /** The event as text. */
  readonly requestPayload: string;
  readonly responseContext: {
    /** Other than 200: the platform failed, not the function. */
    readonly statusCode: number;
    readonly functionError: string;
  };
  /** What the function returned, or the JSON of its error. */
  readonly responsePayload: string;
}

/** What is said of an event that ended without an attempt of the function that counts. */
const CODE: Readonly<Partial<Record<Verdict['condition'], string>>> = {
  EventAgeExceeded: 'EventAgeExceeded',
  // The vendor's example of a code, for a function whose instances are all busy; that it stands here is inferred.
  Throttled: 'FunctionResourceExhausted',
};

/**
 * Builds the record of a finished event. The page leaves open which words stand in `condition` and `functionError`:
 * here `InvocationError` in both, as the record of a timeout in the manual in Chinese has it, and in `condition` a code of
 * its own for an event that was given up before it could run (inferred). A throttled event has the status 429.
 */
export function destinationRecord(
  functionArn: string,
  event: QueuedEvent,
  verdict: Verdict,
  now: Millis,
): DestinationRecord {
  const { attempt, condition, attempts } = verdict;
  const errorType = wordOf(attempt?.errorType ?? '');
  return {
    timestamp: now,
    requestContext: {
      requestId: event.requestId,
      functionArn,
      condition: CODE[condition] ?? errorType,
      approximateInvokeCount: attempts,
    },
    requestPayload: event.payload.toString('utf8'),
    responseContext: {
      statusCode: attempt?.statusCode ?? (condition === 'Throttled' ? 429 : 200),
      functionError: errorType,
    },
    responsePayload: attempt?.body.toString('utf8') ?? '',
  };
}

/** What a record calls an error of the function, which an answer calls otherwise. */
const wordOf = (errorType: string): string =>
  errorType === 'UnhandledInvocationError' ? 'InvocationError' : errorType;
