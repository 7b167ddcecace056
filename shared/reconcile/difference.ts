import type { CheckId } from '../../events/check.ts';
import { MANAGED_BY } from '../catalogue/names.ts';
import type { AttachedPolicy, Operation } from '../ports.ts';
import type { GrantId } from '../record/record.ts';

/** One respect in which a role is not what its record says. */
export interface Difference {
  /** The check that fails because of it. */
  readonly check: CheckId;
  /** What is wrong, for people; without a full stop. */
  readonly detail: string;
  /** What to do about it, for people. */
  readonly fix: string;
  /** The write that ends it. Null where no write that we may make does. */
  readonly write: Operation | null;
  /**
   * Grants that are in effect because of it and should not be. An expiry makes only the writes that end such a grant.
   */
  readonly opens: Opening;
  /** Set where nobody here ever writes what was found, so that somebody else did. */
  readonly foreign?: true;
}

/** Grants that are still in effect and should not be. `everything`: the role is closed, and lets in whom it was for. */
export type Opening = readonly GrantId[] | 'everything';

export const NOTHING: Opening = [];

/** What to do about a role that is not what its record says. */
export const REPAIR =
  'send the request again: it restores what the record says; find out who changed it in ActionTrail';

/** The write that takes a policy off a role. */
export const detaching = (policy: AttachedPolicy, roleName: string): Operation => ({
  operation: 'detach-policy',
  target: policy.name,
  reason: `from ${roleName}: not what the record grants`,
  policy,
});

/** The write that ends a difference of the shared policy; none where that policy is somebody else's. */
export const ending = (
  name: string,
  isForeign: boolean,
  write: Operation,
): Pick<Difference, 'fix' | 'write'> =>
  isForeign
    ? {
        fix: `the policy ${name} lacks the tag ${MANAGED_BY.key}=${MANAGED_BY.value}, so it is not touched: rename or delete it, or tag it to hand it over, then send the request again`,
        write: null,
      }
    : { fix: REPAIR, write };
