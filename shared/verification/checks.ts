import type { Check, CheckId } from '../../events/check.ts';
import { MANAGED_BY } from '../catalogue/names.ts';
import type { Narrowed } from '../catalogue/scope.ts';
import { type TrustTerms, trustedByClosed } from '../catalogue/trust.ts';
import { atMost } from '../reconcile/at-most.ts';
import { diff } from '../reconcile/diff.ts';
import type { Difference } from '../reconcile/difference.ts';
import { assumeChecks } from './assume-checks.ts';
import { probeChecks } from './probe-checks.ts';
import { fail, hasCause, NO_ROLE, type Proof, pass, skip } from './proof.ts';

/** What was found out about a role, from which its checks are made. */
type Found = Omit<Proof, 'checks' | 'record'>;

/** Why a check cannot be answered. */
interface Unanswered {
  readonly skipped: string;
}

/** A check that is answered by the differences under its id: what it says when there are none. */
interface CheckWording {
  readonly id: CheckId;
  readonly passed: (proof: Found) => string | Unanswered;
}

const COMMON: readonly CheckWording[] = [
  { id: 'owner-account', passed: ({ account }) => `everything was read in account ${account}` },
  { id: 'role-exists', passed: ({ role }) => String(role?.arn) },
  { id: 'ownership', passed: () => `tagged ${MANAGED_BY.key}=${MANAGED_BY.value}` },
];

const TRUST_CLOSED: CheckWording = {
  id: 'trust-closed',
  passed: ({ desired: { terms } }) =>
    terms.verifyRoleArn !== null
      ? `trusts nobody else but ${terms.verifyRoleArn}`
      : terms.trusted === 'nobody'
        ? `trusts nobody but ${trustedByClosed(terms.ownerUid)}, which may assume no role`
        : 'trusts nobody else',
};

const REGISTER: readonly CheckWording[] = [
  { id: 'trust-dms', passed: ({ desired }) => describeTrust(desired.terms) },
  TRUST_CLOSED,
  {
    id: 'policies-attached',
    passed: ({ desired: { policy } }) =>
      policy === null ? 'no policy is attached, and none is needed' : `${policy.name}, and no other`,
  },
  {
    id: 'policy-content',
    passed: ({ desired: { policy }, granted }) =>
      policy === null
        ? { skipped: 'nothing is granted that needs a permission policy' }
        : `${policy.name} says what the vendor documents, action for action${limits(granted.narrowed)}`,
  },
];

const CONSOLE: readonly CheckWording[] = [
  { id: 'trust-requester', passed: ({ desired }) => describeTrust(desired.terms) },
  TRUST_CLOSED,
  { id: 'policies-attached', passed: () => 'no foreign policy' },
  {
    id: 'console-policy',
    passed: ({ desired: { policy } }) =>
      policy === null
        ? 'nothing is granted, and nothing is needed'
        : `the system policy ${policy.name} is attached`,
  },
];

/**
 * The checks of a role: how it differs from its record, and what came of the tries with it. Every check has one
 * subject, so that a fault fails the check that names it and no other. Without a role only its absence fails.
 */
export function checkRole(proof: Found): readonly Check[] {
  const differences = diff(proof, proof.desired);
  const subjects = proof.desired.terms.access === 'register' ? REGISTER : CONSOLE;
  return [
    ...[...COMMON, ...subjects].map((subject) => answer(subject, proof, differences)),
    ...assumeChecks(proof, differences),
    ...probeChecks(proof, differences),
  ];
}

function answer({ id, passed }: CheckWording, proof: Found, differences: readonly Difference[]): Check {
  const isOfRole = id !== 'owner-account' && id !== 'role-exists';
  if (proof.role === null && isOfRole) return skip(id, NO_ROLE);
  const found = differences.filter(({ check }) => check === id);
  const [first] = found;
  if (first !== undefined) {
    const lead = id === 'trust-closed' ? 'also trusts: ' : '';
    return fail(id, `${lead}${atMost(found.map(({ detail }) => detail))}`, first.fix);
  }
  const said = passed(proof);
  return typeof said === 'string' ? pass(id, said) : skip(id, said.skipped);
}

/**
 * Whether provision can end every failure by writing what the record says. That holds if each failed check has a
 * difference with a write, or is a try that such a difference may have made fail.
 */
export function isRepairable(proof: Found, checks: readonly Check[]): boolean {
  const differences = diff(proof, proof.desired);
  const failed = checks.filter(({ status }) => status === 'fail');
  const inTheWay = differences.some(({ write }) => write === null) || proof.role === null;
  return failed.length > 0 && !inTheWay && failed.every(({ id }) => hasWrite(id, differences));
}

/** Each difference has a write by then. What has none of its own is a try, of the role itself or of a right. */
const hasWrite = (id: string, differences: readonly Difference[]): boolean =>
  differences.some(({ check }) => check === id) ||
  hasCause(differences, id.startsWith('assume-role') ? 'trust' : 'rights');

/** Where a policy allows less than the vendor's document because less was asked for. */
const limits = (narrowed: Narrowed): string =>
  [...narrowed]
    .map(([id, on]) =>
      on.length === 0 ? `; of ${id} it only reads` : `; of ${id} it modifies only ${on.join(', ')}`,
    )
    .join('');

function describeTrust({ access, trusted, requesterUid }: TrustTerms): string {
  if (trusted === 'nobody')
    return access === 'register'
      ? `${requesterUid}@dms.aliyuncs.com may not assume the role: it is not trusted`
      : `nobody of account ${requesterUid} may assume the role: it is not trusted`;
  if (trusted === 'dms') return `trusts ${requesterUid}@dms.aliyuncs.com exactly as documented`;
  if (trusted === 'account') return `trusts the RAM identities of account ${requesterUid}`;
  return `trusts ${trusted.join(', ')} of account ${requesterUid}`;
}
