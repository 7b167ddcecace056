import type { Outcome } from '../../events/outcome.ts';
import type { Problem } from '../../events/problem.ts';
import { traced } from '../../events/trace.ts';
import type { ParsedRequest } from './parsed-request.ts';

/** What every outcome says about the request that it belongs to. */
export type Asked = Pick<
  Outcome,
  'requestId' | 'fingerprint' | 'requesterUid' | 'reference' | 'traceparent' | 'action' | 'access'
>;

export const askedBy = ({ request, requestId, fingerprint }: ParsedRequest): Asked => ({
  requestId,
  fingerprint,
  requesterUid: request.requesterUid,
  reference: request.reference ?? null,
  ...traced(request.traceparent),
  action: request.action,
  access: request.access,
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
  writes: 0,
  problem: null,
  ...rest,
});

/** The outcome of a refused request: nothing was changed. */
export const rejected = (asked: Asked, problem: Problem): Outcome => outcome(asked, 'rejected', { problem });
