import { type Outcome, outcomeSchema } from '../../events/outcome.ts';
import { REQUESTER } from './accounts.ts';

/** What provision says of a request of `REQUESTER` that it has carried out. */
export const outcomeOf = (over: Partial<Outcome> = {}): Outcome => ({
  ...outcomeSchema.parse({
    kind: 'dms-handshake.outcome.v1',
    result: 'applied',
    action: 'grant',
    requestId: 'r-1',
    fingerprint: 'f-1',
    requesterUid: REQUESTER,
    access: 'register',
    to: [REQUESTER],
    reference: 'DBA-1',
    engines: ['redis'],
    connections: [],
    revoked: [],
    record: {},
    changedAt: null,
    writes: 0,
    problem: null,
  }),
  ...over,
});
