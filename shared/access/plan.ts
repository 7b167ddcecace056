import type { Desired } from './desired.ts';
import type { Document } from './document.ts';
import { permissionDifferences } from './permission.ts';
import { isExactTrust } from './trust.ts';

/** What was read of a requester's role. */
export interface Observed {
  readonly role: { readonly name: string; readonly trust: string } | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly attached: readonly AttachedPolicy[];
  /** Text of the desired policy's default version; null where it does not exist. */
  readonly policyText: string | null;
}

export interface AttachedPolicy {
  readonly name: string;
  readonly type: 'Custom' | 'System';
}

/** One write. `target` names the object, `reason` says why in words for people. */
export type Operation = { readonly target: string; readonly reason: string } & (
  | {
      readonly operation: 'create-role';
      readonly trust: Document;
      readonly tags: ReadonlyMap<string, string>;
    }
  | { readonly operation: 'update-trust'; readonly trust: Document }
  | { readonly operation: 'tag-role'; readonly tags: ReadonlyMap<string, string> }
  | { readonly operation: 'create-policy'; readonly document: Document }
  | { readonly operation: 'create-policy-version'; readonly document: Document }
  | { readonly operation: 'attach-policy'; readonly policy: AttachedPolicy }
  | { readonly operation: 'detach-policy'; readonly policy: AttachedPolicy }
);

/**
 * The writes that make what was read into what is desired: stages in order, the operations of a stage independent
 * of each other. Empty when nothing is to be done. Pure: the same reading gives the same plan.
 *
 * The order keeps every moment in between safe: the record is written before any right is given, the trust is
 * narrowed before anything is attached, the new policy is attached before the old one goes (what was and stays
 * granted never flickers), and a closing role loses its policies before its trust.
 */
export function plan(observed: Observed, desired: Desired): readonly (readonly Operation[])[] {
  const closing = desired.terms.closed && observed.role !== null;
  const trust = trustChange(observed, desired);
  const stages: Operation[][] = [
    [...roleChange(observed, desired), ...(closing ? [] : trust), ...policyChange(observed, desired)],
    attachChange(observed, desired),
    detachChange(observed, desired),
    closing ? trust : [],
  ];
  return stages.filter((stage) => stage.length > 0);
}

function roleChange(observed: Observed, desired: Desired): Operation[] {
  const target = desired.roleName;
  if (observed.role === null) {
    const reason = desired.terms.closed
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
  const reason = desired.terms.closed
    ? 'DMS is no longer to assume the role'
    : 'the trust policy is not the documented one';
  return [{ operation: 'update-trust', target: desired.roleName, reason, trust: desired.trust }];
}

function policyChange(observed: Observed, desired: Desired): Operation[] {
  if (desired.policy === null) return [];
  const { name: target, document, ids } = desired.policy;
  if (observed.policyText === null) {
    return [
      { operation: 'create-policy', target, reason: 'no policy of this set of engines exists yet', document },
    ];
  }
  const differences = permissionDifferences(observed.policyText, ids);
  if (differences.length === 0) return [];
  const reason = `differs from the catalogue: ${differences.join('; ')}`;
  return [{ operation: 'create-policy-version', target, reason, document }];
}

function attachChange(observed: Observed, desired: Desired): Operation[] {
  const name = desired.policy?.name;
  if (name === undefined || observed.attached.some((policy) => isThe(policy, name))) return [];
  const policy: AttachedPolicy = { name, type: 'Custom' };
  return [{ operation: 'attach-policy', target: name, reason: `to ${desired.roleName}`, policy }];
}

function detachChange(observed: Observed, desired: Desired): Operation[] {
  return observed.attached
    .filter((policy) => desired.policy === null || !isThe(policy, desired.policy.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((policy) => ({
      operation: 'detach-policy',
      target: policy.name,
      reason: `from ${desired.roleName}: not what the record grants`,
      policy,
    }));
}

const isThe = (policy: AttachedPolicy, name: string): boolean =>
  policy.type === 'Custom' && policy.name === name;
