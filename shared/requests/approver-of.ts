import type { Signed } from '../../events/signed.ts';
import { verifySignature } from '../admission/authenticate/signed-message.ts';
import type { Requesters } from '../admission/requesters.ts';
import type { Millis } from '../runtime/millis.ts';

/** Whether an approval has to be signed. */
export const mustSign = ({ approvers = [] }: Requesters): boolean => approvers.length > 0;

/** The approver whose key has signed a message that was published then; null for none. */
export function approverOf(
  signed: Signed | null,
  publishedAt: Millis,
  { approvers = [] }: Requesters,
): string | null {
  if (signed === null) return null;
  const found = approvers.find(
    ({ publicKey }) => verifySignature(signed, [publicKey], publishedAt) === 'valid',
  );
  return found?.name ?? null;
}
