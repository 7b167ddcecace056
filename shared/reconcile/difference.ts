import type { CheckId } from '../../events/check.ts';
import type { Operation } from '../ports.ts';
import type { GrantId } from '../record/record.ts';

/** One thing about a role that is not as its record says it should be. */
export interface Difference {
  /** The check that fails because of it. */
  readonly check: CheckId;
  /** What is wrong, for people; without a full stop. */
  readonly detail: string;
  /** What to do about it, for people. */
  readonly fix: string;
  /** The write of ours that ends it. Null where nothing that we may write does. */
  readonly write: Operation | null;
  /** What it leaves open that should be shut. Expiry writes only what shuts something whose time is up. */
  readonly opens: Opening;
}

/** Grants that are still in effect and should not be. `everything`: the role is closed, and lets in whom it was for. */
export type Opening = readonly GrantId[] | 'everything';

export const NOTHING: Opening = [];

/** What to do about a role that is not what its record says. */
export const REPAIR =
  'send the request again: it restores what the record says; find out who changed it in ActionTrail';
