import type { Outcome } from '../../events/outcome.ts';
import type { RequestHead } from './outcome.ts';

/** Ids of the replies about a request that has to be approved: the notice that it waits, and that it was not approved. */

export const waiting = (fingerprint: string): string => `pending ${fingerprint}`;

export const unapproved = (digest: string): string => `not approved ${digest}`;

/** The head of an outcome of a request. `digest`: that of its words. */
export function headBehindGate(
  head: RequestHead,
  { result, problem }: Pick<Outcome, 'result' | 'problem'>,
  digest: string,
): RequestHead {
  if (result === 'pending')
    return { ...head, fingerprint: waiting(head.fingerprint), to: [...head.to.slice(0, 1), 'owner'] };
  return result === 'rejected' && problem?.code === 'not-approved'
    ? { ...head, fingerprint: unapproved(digest) }
    : head;
}
