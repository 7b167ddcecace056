import type { Call } from '../operation.ts';
import { alreadyAttached, type EntityKind, limitExceeded, notAttached } from './errors.ts';
import { policyNamed } from './find.ts';
import { attachmentOf } from './state.ts';
import type { Entity, Policy, PolicyType } from './types.ts';

interface PolicyRef {
  readonly PolicyType: PolicyType;
  readonly PolicyName: string;
}

/** @throws ApiError `EntityNotExist.Policy`, `EntityAlreadyExists.<kind>.Policy`, `LimitExceeded.<kind>.Policy`. */
export function attach(call: Call, kind: EntityKind, entity: Entity, ref: PolicyRef): object {
  const policy = policyNamed(call, ref.PolicyType, ref.PolicyName);
  if (attachmentOf(entity, policy) !== undefined) throw alreadyAttached(kind);
  const limit = limitOf(call, kind, policy);
  const held = entity.attachments.filter((a) => a.policyType === policy.type).length;
  if (held >= limit) throw limitExceeded(`${kind}.Policy`, limit);
  const attachDate = call.world.clock.now();
  entity.attachments = [
    ...entity.attachments,
    { policyName: policy.name, policyType: policy.type, attachDate },
  ];
  return {};
}

/** @throws ApiError `EntityNotExist.Policy`, `EntityNotExist.<kind>.Policy`. */
export function detach(call: Call, kind: EntityKind, entity: Entity, ref: PolicyRef): object {
  const attachment = attachmentOf(entity, policyNamed(call, ref.PolicyType, ref.PolicyName));
  if (attachment === undefined) throw notAttached(kind);
  entity.attachments = entity.attachments.filter((a) => a !== attachment);
  return {};
}

function limitOf(call: Call, kind: EntityKind, policy: Policy): number {
  const { limits } = call.account.ram;
  return policy.type === 'Custom' ? limits[`customPoliciesPer${kind}`] : limits[`systemPoliciesPer${kind}`];
}
