import type { TrustTerms } from '../../shared/catalogue/trust.ts';
import type { RoleFacts } from '../../shared/ports.ts';
import { type Desired, isClosed } from '../../shared/reconcile/desired.ts';
import { diff } from '../../shared/reconcile/diff.ts';
import { trustDifferences } from '../../shared/reconcile/diff-trust.ts';
import type { Observed } from '../../shared/reconcile/observe.ts';
import { narrowing, plan } from '../../shared/reconcile/plan.ts';
import type { Stages } from '../../shared/reconcile/write-order.ts';
import { endedIds } from '../../shared/record/expiry.ts';
import type { AccessRecord, GrantId } from '../../shared/record/record.ts';
import { type Millis, millis } from '../../shared/runtime/millis.ts';

/** What the comparison looks at, without what a test seldom cares for. */
export type Seen = Pick<Observed, 'tags' | 'attached' | 'policyText'> & {
  readonly role: Pick<RoleFacts, 'name' | 'trust'> | null;
};

/** An observation made in the owner's account, of a role that is older than any reading. */
export const observedAs = (seen: Seen, desired: Desired): Observed => ({
  ...seen,
  at: millis(8e15),
  account: desired.terms.ownerUid,
  role: seen.role && { arn: `arn of ${seen.role.name}`, createdAt: millis(0), ...seen.role },
});

/** The writes that make a role what is desired. */
export const planOf = (seen: Seen, desired: Desired): Stages =>
  plan(diff(observedAs(seen, desired), desired), isClosed(desired));

/** The part of them that takes away what has run out. */
export const expiryOf = (seen: Seen, desired: Desired, record: AccessRecord, now: Millis): Stages =>
  plan(narrowing(diff(observedAs(seen, desired), desired), endedIds(record, now)), isClosed(desired));

/** What the comparison finds in a trust policy, sorted by whom it is about. */
export function trustFindings(text: string, terms: TrustTerms) {
  const found = trustDifferences(text, terms);
  const under = (...checks: readonly string[]): readonly string[] =>
    found.filter(({ check }) => checks.includes(check)).map(({ detail }) => detail);
  return {
    /** Whom the role is for: the wrong ones, none, one too many, or shut out. */
    granted: under('trust-dms', 'trust-requester'),
    /** Anybody else who is trusted. */
    others: under('trust-closed'),
    /** The verify role without its external id. */
    unconditional: under('assume-role-denied'),
  };
}

/** Whether a trust policy lets in somebody whose grant has ended, by the ids of what has ended. */
export const letsInEnded = (text: string, terms: TrustTerms, ended: readonly GrantId[]): boolean =>
  trustDifferences(text, terms).some(
    ({ opens }) => opens === 'everything' || opens.some((id) => ended.includes(id)),
  );
