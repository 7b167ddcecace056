import type { Millis } from '../../../shared/runtime/clock.ts';
import type { PolicyDocument } from '../caller.ts';

export type PolicyType = 'System' | 'Custom';

/** A policy attached to a role or a user. A policy is identified by its type and its name together. */
export interface Attachment {
  readonly policyName: string;
  readonly policyType: PolicyType;
  readonly attachDate: Millis;
}

/** A RAM role. `name` keeps the case that it was created with; `arn` holds it in lower case, as RAM answers it. */
export interface Role {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** The trust document as RAM returns it: JSON text. */
  trust: string;
  description: string;
  /** Seconds. */
  maxSessionDuration: number;
  readonly createDate: Millis;
  updateDate: Millis;
  readonly tags: Map<string, string>;
  /** In the order of attaching. Replaced as a whole, never changed in place. */
  attachments: readonly Attachment[];
}

/** One version of a policy. Exactly one of a policy's versions is the default: the one in effect. */
export interface PolicyVersion {
  /** `v1`, `v2`, ...: never used twice. */
  readonly id: string;
  /** JSON text as it was sent. */
  readonly document: string;
  readonly parsed: PolicyDocument;
  readonly createDate: Millis;
  readonly isDefault: boolean;
}

export interface Policy {
  readonly name: string;
  readonly type: PolicyType;
  description: string;
  readonly createDate: Millis;
  updateDate: Millis;
  versions: readonly PolicyVersion[];
  /** The number of the next version. */
  nextVersion: number;
  readonly tags: Map<string, string>;
}

/** A RAM user. Name and ARN change when it is renamed, the id never does. */
export interface User {
  name: string;
  readonly id: string;
  arn: string;
  /** Empty where none was given, as everything up to the comments. */
  displayName: string;
  mobilePhone: string;
  email: string;
  comments: string;
  readonly createDate: Millis;
  updateDate: Millis;
  attachments: readonly Attachment[];
}

/** Users who have the policies of the group beside their own. */
export interface Group {
  name: string;
  readonly id: string;
  comments: string;
  readonly createDate: Millis;
  updateDate: Millis;
  /** In the order of joining. Replaced as a whole, never changed in place. */
  members: readonly Member[];
  attachments: readonly Attachment[];
}

export interface Member {
  readonly userId: string;
  readonly joinDate: Millis;
}

/** What policies are attached to. */
export type Entity = Role | User | Group;

/** A key of the account itself. */
export interface RootKey {
  readonly id: string;
  readonly secret: string;
}

/** A long-lived key of a user. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Follows the user when it is renamed. */
  userName: string;
  readonly userId: string;
  active: boolean;
  readonly createDate: Millis;
  /** When a request was last signed with it; null before the first. */
  lastUsed: Millis | null;
}
