import type { Outcome } from '../../events/outcome.ts';
import type { Problem } from '../../events/problem.ts';
import { traced } from '../../events/trace.ts';
import type { ParsedRequest } from './parsed-request.ts';

/** What every outcome says about the request that it belongs to. */
export type RequestHead = Pick<
  Outcome,
  | 'requestId'
  | 'fingerprint'
  | 'requesterUid'
  | 'to'
  | 'reference'
  | 'traceparent'
  | 'breakGlass'
  | 'action'
  | 'access'
>;

export const headOf = ({ request, requestId, fingerprint, sender }: ParsedRequest): RequestHead => ({
  requestId,
  fingerprint,
  ...toldTo(sender),
  reference: request.reference ?? null,
  ...traced(request.traceparent),
  ...inEmergency(request.breakGlass),
  action: request.action,
  access: request.access,
});

/** The same, of an outcome. */
export const headIn = ({
  requestId,
  fingerprint,
  requesterUid,
  to,
  reference,
  traceparent,
  breakGlass,
  action,
  access,
}: Outcome): RequestHead => ({
  requestId,
  fingerprint,
  requesterUid,
  to,
  reference,
  ...traced(traceparent),
  ...inEmergency(breakGlass),
  action,
  access,
});

const inEmergency = (breakGlass: string | undefined): Pick<RequestHead, 'breakGlass'> =>
  breakGlass === undefined ? {} : { breakGlass };

/** Whom the outcome of a request is about, and for: nobody else than the account that is proved to have sent it. */
export const toldTo = (sender: string | null): Pick<RequestHead, 'requesterUid' | 'to'> => ({
  requesterUid: sender,
  to: [sender ?? 'unproved'],
});

/** Upkeep is asked for by the sweep, which will ask again; what is wrong with it is for the owner. */
export const headOfUpkeep = (requestId: string, fingerprint: string): RequestHead => ({
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
  head: RequestHead,
  result: Outcome['result'],
  rest: Partial<Omit<Outcome, 'kind' | 'result' | keyof RequestHead>> = {},
): Outcome => ({
  kind: 'dms-handshake.outcome.v1',
  result,
  ...head,
  engines: [],
  connections: [],
  revoked: [],
  record: {},
  changedAt: null,
  changes: [],
  writes: 0,
  at: null,
  before: null,
  after: null,
  approvedBy: null,
  problem: null,
  ...rest,
});

/** The outcome of a refused request: nothing was changed. */
export const rejected = (head: RequestHead, problem: Problem): Outcome =>
  outcome(head, 'rejected', { problem });
