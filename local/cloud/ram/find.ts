import type { Call } from '../operation.ts';
import { notExist } from './errors.ts';
import type { AccessKey, Group, Policy, PolicyType, PolicyVersion, Role, User } from './types.ts';

/** Look-ups in the caller's account that throw the vendor's `EntityNotExist.*` (404). */

export function roleNamed(call: Call, name: string): Role {
  const role = call.account.ram.findRole(name);
  if (role === undefined) throw notExist.role();
  return role;
}

export function userNamed(call: Call, name: string): User {
  const user = call.account.ram.findUser(name);
  if (user === undefined) throw notExist.user();
  return user;
}

export function groupNamed(call: Call, name: string): Group {
  const group = call.account.ram.findGroup(name);
  if (group === undefined) throw notExist.group();
  return group;
}

export function policyNamed(call: Call, type: PolicyType, name: string): Policy {
  const policy = call.account.ram.findPolicy(type, name);
  if (policy === undefined) throw notExist.policy();
  return policy;
}

/** Only a custom policy can be changed; to the operations that change one, a system policy does not exist. */
export function customPolicy(call: Call, name: string): Policy {
  return policyNamed(call, 'Custom', name);
}

export function versionOf(policy: Policy, versionId: string): PolicyVersion {
  const version = policy.versions.find((v) => v.id === versionId);
  if (version === undefined) throw notExist.policyVersion();
  return version;
}

export function accessKeyOf(call: Call, user: User, accessKeyId: string): AccessKey {
  const key = call.account.ram.accessKey(accessKeyId);
  if (key === undefined || key.userId !== user.id) throw notExist.accessKey();
  return key;
}

/** The user that a key operation is about: the one named, else the user who calls. */
export function namedOrCaller(call: Call, name: string | undefined): string {
  if (name !== undefined) return name;
  const { principal } = call.caller;
  if (principal.type !== 'user') throw notExist.user();
  return principal.userName;
}
