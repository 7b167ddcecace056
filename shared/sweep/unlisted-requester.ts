import type { Check } from '../../events/check.ts';
import type { RoleId } from '../catalogue/names.ts';
import { isClosed } from '../reconcile/desired.ts';
import type { Proof } from '../verification/proof.ts';
import { fail } from '../verification/proof.ts';

/** Begins the detail of the check, and is the code of the problem that is told. */
const CODE = 'requester-not-allowed';

/**
 * A role that still grants something to an account that may no longer ask fails `ownership`: nobody answers for it any
 * more. `isListed`: whether the account stands in `requesters.json`.
 */
export function withListing(proof: Proof, { access, requesterUid }: RoleId, isListed: boolean): Proof {
  if (isListed || isClosed(proof.desired)) return proof;
  const unlisted = fail(
    'ownership',
    `${CODE}: account ${requesterUid} does not stand in requesters.json any more, and its role still grants ${access} access`,
    `close it with "npx dms-handshake revoke --as-owner --requester ${requesterUid}", or list the account again`,
  );
  const isSound = (id: string, status: Check['status']) => id === 'ownership' && status === 'pass';
  const others = proof.checks.filter(({ id, status }) => !isSound(id, status));
  return { ...proof, checks: [...others, unlisted] };
}

/** Whether a check failed only because the requester is not listed; a repair can do nothing about that. */
export const isUnlisted = ({ status, detail }: Check): boolean =>
  status === 'fail' && detail.startsWith(`${CODE}: `);
