import type { Outcome } from '../../events/outcome.ts';
import type { Problem } from '../../events/problem.ts';
import { traced } from '../../events/trace.ts';
import type { ParsedRequest } from './parsed-request.ts';

/** What every outcome says about the request that it belongs to. */
export type Asked = Pick<
  Outcome,
  'requestId' | 'fingerprint' | 'requesterUid' | 'to' | 'reference' | 'traceparent' | 'action' | 'access'
>;

export const askedBy = ({ request, requestId, fingerprint, sender }: ParsedRequest): Asked => ({
  requestId,
  fingerprint,
  ...toldTo(sender),
  reference: request.reference ?? null,
  ...traced(request.traceparent),
  action: request.action,
  access: request.access,
});

/** Whom the outcome of a request is about, and for: nobody else than the account that is proved to have sent it. */
export const toldTo = (sender: string | null): Pick<Asked, 'requesterUid' | 'to'> => ({
  requesterUid: sender,
  to: [sender ?? 'unproved'],
});

/** Upkeep is asked for by the sweep, which will ask again; what is wrong with it is for the owner. */
export const askedByNobody = (requestId: string, fingerprint: string): Asked => ({
  requestId,
  fingerprint,
  requesterUid: null,
  to: ['owner'],
  reference: null,
  action: 'upkeep',
  access: 'register',
});

/** An outcome with what is known; the rest says that nothing was found and nothing was written. */
export const outcome = (
  asked: Asked,
  result: Outcome['result'],
  rest: Partial<Omit<Outcome, 'kind' | 'result' | keyof Asked>> = {},
): Outcome => ({
  kind: 'dms-handshake.outcome.v1',
  result,
  ...asked,
  engines: [],
  connections: [],
  revoked: [],
  record: {},
  changedAt: null,
  changes: [],
  writes: 0,
  problem: null,
  ...rest,
});

/** The outcome of a refused request: nothing was changed. */
export const rejected = (asked: Asked, problem: Problem): Outcome => outcome(asked, 'rejected', { problem });
