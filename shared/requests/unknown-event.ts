import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { rejected } from './outcome.ts';

export const UNKNOWN_EVENT = problem(
  'invalid-request',
  'the event is of no known trigger, so nobody can tell when it was published; give the topic trigger notifyContentFormat: JSON, and send requests to the topic.',
);

/** The outcome of an event that no trigger of ours sends: final, since another delivery would bring the same. */
export const unknownEvent = (requestId: string): Outcome =>
  rejected(
    {
      requestId,
      fingerprint: requestId,
      requesterUid: null,
      to: ['unproved'],
      reference: null,
      action: 'grant',
      access: 'register',
    },
    UNKNOWN_EVENT,
  );
