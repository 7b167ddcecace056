import type { Account } from '../../local/cloud/world.ts';
import { REQUESTER } from './accounts.ts';

/** The requester's role for instances registered in DMS, and that for DMS's console. */
export const ROLE = `dms-cross-account-${REQUESTER}`;
export const CONSOLE_ROLE = `dms-console-access-${REQUESTER}`;

/** Role of the verify function, under its name of the installation; the function has the same. */
export const VERIFY_ROLE = 'dms-handshake-verify';

/** A world of either kind, in process or built: what it holds is read here without a call that it would count. */
export interface Owned {
  readonly owner: Account;
}

/** A role as RAM holds it; undefined if it does not. */
export const roleOf = ({ owner }: Owned, name = ROLE) => owner.ram.findRole(name);

/** A custom policy as RAM holds it; undefined if it does not. */
export const policyOf = ({ owner }: Owned, name: string) => owner.ram.findPolicy('Custom', name);

/** Names of the policies on a role, in the order in which they were attached; none of a role that is not there. */
export const attachedTo = (at: Owned, name = ROLE): readonly string[] =>
  roleOf(at, name)?.attachments.map(({ policyName }) => policyName) ?? [];
