import type { Millis } from '../../../shared/runtime/clock.ts';
import { Latest } from '../bounded.ts';
import type { RamState } from './state.ts';
import type { AccessKey, Attachment, Group, Policy, PolicyVersion, Role, User } from './types.ts';

/** Texts of the latest times: those of what is read again and again. */
const dates = new Latest<string>(1_000);

/** How RAM writes a time: UTC, to the second. */
export function date(time: Millis): string {
  const known = dates.get(String(time));
  if (known !== undefined) return known;
  const text = `${new Date(time).toISOString().slice(0, -'.000Z'.length)}Z`;
  dates.add(String(time), text);
  return text;
}

export function tagList(tags: ReadonlyMap<string, string>) {
  return { Tag: [...tags].sort().map(([TagKey, TagValue]) => ({ TagKey, TagValue })) };
}

/** A role in a listing: what GetRole answers too, but for the trust document (GetRole only) and the tags (ListRoles only). */
function roleFacts(role: Role) {
  return {
    Arn: role.arn,
    CreateDate: date(role.createDate),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    RoleId: role.id,
    RoleName: role.name,
  };
}

export function newRole(role: Role) {
  return { ...roleFacts(role), AssumeRolePolicyDocument: role.trust };
}

export function roleWithTrust(role: Role) {
  return { ...newRole(role), UpdateDate: date(role.updateDate) };
}

export function roleWithTags(role: Role) {
  return { ...roleFacts(role), UpdateDate: date(role.updateDate), Tags: tagList(role.tags) };
}

/** The version in effect. A policy without one cannot come about. */
export function defaultVersion(policy: Policy): PolicyVersion {
  const version = policy.versions.find((v) => v.isDefault);
  if (version === undefined) throw new Error(`policy ${policy.name} has no default version`);
  return version;
}

export function newPolicy(policy: Policy) {
  return {
    PolicyName: policy.name,
    PolicyType: policy.type,
    Description: policy.description,
    DefaultVersion: defaultVersion(policy).id,
    CreateDate: date(policy.createDate),
  };
}

export function policyFacts(policy: Policy, attachmentCount: number) {
  return {
    ...newPolicy(policy),
    UpdateDate: date(policy.updateDate),
    AttachmentCount: attachmentCount,
  };
}

export function policyVersion(version: PolicyVersion) {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.isDefault,
    CreateDate: date(version.createDate),
    PolicyDocument: version.document,
  };
}

/** Attached policies as ListPoliciesForRole, ListPoliciesForUser and ListPoliciesForGroup answer them. */
export function attachedPolicies(ram: RamState, attachments: readonly Attachment[]) {
  const Policy = ram.attached(attachments).map(({ policy, attachDate }) => {
    const { PolicyName, PolicyType, Description, DefaultVersion } = newPolicy(policy);
    return { PolicyName, PolicyType, Description, DefaultVersion, AttachDate: date(attachDate) };
  });
  return { Policies: { Policy } };
}

export function newUser(user: User) {
  return {
    UserId: user.id,
    UserName: user.name,
    DisplayName: user.displayName,
    ...(user.mobilePhone === '' ? {} : { MobilePhone: user.mobilePhone }),
    ...(user.email === '' ? {} : { Email: user.email }),
    Comments: user.comments,
    CreateDate: date(user.createDate),
  };
}

export function userFacts(user: User) {
  return { ...newUser(user), UpdateDate: date(user.updateDate) };
}

export function newGroup(group: Group) {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Comments: group.comments,
    CreateDate: date(group.createDate),
  };
}

export function groupFacts(group: Group) {
  return { ...newGroup(group), UpdateDate: date(group.updateDate) };
}

/** Never the secret: RAM shows that once, in the answer of CreateAccessKey. */
export function accessKeyFacts(key: AccessKey) {
  return {
    AccessKeyId: key.id,
    Status: key.active ? 'Active' : 'Inactive',
    CreateDate: date(key.createDate),
  };
}
