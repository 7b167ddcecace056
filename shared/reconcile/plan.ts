import { permissionDifferences } from '../catalogue/permission.ts';
import type { AttachedPolicy, Operation } from '../ports.ts';
import type { Desired } from './desired.ts';
import { isExactTrust } from './diff-trust.ts';

/** What was read of a requester's role. */
export interface Observed {
  readonly role: { readonly name: string; readonly trust: string } | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly attached: readonly AttachedPolicy[];
  /** Text of the desired policy's default version; null where it does not exist. */
  readonly policyText: string | null;
}

/**
 * The writes that make what was read into what is desired: stages in order, the operations of a stage independent
 * of each other. Empty when nothing is to be done. Pure: the same reading gives the same plan.
 *
 * The order keeps every moment in between safe: the record is written before any right is given, the trust is
 * narrowed before anything is attached, the new policy is attached before the old one goes (what was and stays
 * granted never flickers), and a closing role loses its policies before its trust.
 */
export function plan(observed: Observed, desired: Desired): readonly (readonly Operation[])[] {
  const closing = desired.terms.trusted === 'nobody';
  const trust = trustChange(observed, desired);
  const stages: Operation[][] = [
    [...roleChange(observed, desired), ...policyChange(observed, desired)],
    closing ? [] : trust,
    attachChange(observed, desired),
    detachChange(observed, desired),
    closing ? trust : [],
  ];
  return stages.filter((stage) => stage.length > 0);
}

/** The writes that take a closed role out of the world. */
export function planRemoval(observed: Observed, roleName: string): readonly (readonly Operation[])[] {
  if (observed.role === null) return [];
  const reason = 'closed for longer than a late message can take';
  const stages: Operation[][] = [
    detachAll(observed.attached, roleName),
    [{ operation: 'delete-role', target: roleName, reason }],
  ];
  return stages.filter((stage) => stage.length > 0);
}

function roleChange(observed: Observed, desired: Desired): Operation[] {
  const target = desired.roleName;
  if (observed.role === null) {
    const reason =
      desired.terms.trusted === 'nobody'
        ? 'keeps the record of a revoke, so that no older grant can come after it'
        : 'the requester has no role yet';
    return [{ operation: 'create-role', target, reason, trust: desired.trust, tags: desired.tags }];
  }
  const tags = new Map([...desired.tags].filter(([key, value]) => observed.tags.get(key) !== value));
  if (tags.size === 0) return [];
  return [{ operation: 'tag-role', target, reason: `records ${[...tags.keys()].sort().join(', ')}`, tags }];
}

function trustChange(observed: Observed, desired: Desired): Operation[] {
  if (observed.role === null || isExactTrust(observed.role.trust, desired.terms)) return [];
  const reason =
    desired.terms.trusted === 'nobody'
      ? 'nobody is to assume the role any more'
      : 'the trust policy is not the documented one';
  return [{ operation: 'update-trust', target: desired.roleName, reason, trust: desired.trust }];
}

function policyChange(observed: Observed, desired: Desired): Operation[] {
  if (desired.policy?.kind !== 'ours') return [];
  const { name: target, document } = desired.policy;
  if (observed.policyText === null) {
    return [
      { operation: 'create-policy', target, reason: 'no policy of this set of engines exists yet', document },
    ];
  }
  const differences = permissionDifferences(observed.policyText, document);
  if (differences.length === 0) return [];
  const reason = `differs from the catalogue: ${differences.join('; ')}`;
  return [{ operation: 'create-policy-version', target, reason, document }];
}

function attachChange(observed: Observed, desired: Desired): Operation[] {
  const policy = attachedForm(desired);
  if (policy === null || observed.attached.some((one) => isSame(one, policy))) return [];
  return [{ operation: 'attach-policy', target: policy.name, reason: `to ${desired.roleName}`, policy }];
}

function detachChange(observed: Observed, desired: Desired): Operation[] {
  const wanted = attachedForm(desired);
  const unwanted = observed.attached.filter((policy) => wanted === null || !isSame(policy, wanted));
  return detachAll(unwanted, desired.roleName);
}

const detachAll = (policies: readonly AttachedPolicy[], roleName: string): Operation[] =>
  policies
    .toSorted((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1))
    .map((policy) => ({
      operation: 'detach-policy',
      target: policy.name,
      reason: `from ${roleName}: not what the record grants`,
      policy,
    }));

/** The desired policy as it stands among a role's attachments. */
export const attachedForm = ({ policy }: Pick<Desired, 'policy'>): AttachedPolicy | null =>
  policy === null ? null : { name: policy.name, type: policy.kind === 'ours' ? 'Custom' : 'System' };

const isSame = (a: AttachedPolicy, b: AttachedPolicy): boolean => a.type === b.type && a.name === b.name;
