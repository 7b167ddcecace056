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

/**
 * Builds the record of a finished event. The page leaves open which words stand in `condition` and `functionError`:
 * here the error type in both, and `EventAgeExceeded` as the condition of an event that became too old (inferred).
 */
export function destinationRecord(
  functionArn: string,
  event: QueuedEvent,
  verdict: Verdict,
  now: Millis,
): DestinationRecord {
  const errorType = verdict.attempt?.errorType ?? '';
  const expired = verdict.condition === 'EventAgeExceeded';
  return {
    timestamp: now,
    requestContext: {
      requestId: event.requestId,
      functionArn,
      condition: expired ? verdict.condition : errorType,
      approximateInvokeCount: verdict.attempts,
    },
    requestPayload: event.payload.toString('utf8'),
    responseContext: { statusCode: verdict.attempt?.statusCode ?? 200, functionError: errorType },
    responsePayload: verdict.attempt?.body.toString('utf8') ?? '',
  };
}
