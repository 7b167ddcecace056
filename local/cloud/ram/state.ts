import type { Clock, Millis } from '../../../shared/runtime/clock.ts';
import { copyEntities, type RamEntities, RamHistory } from './history.ts';
import { letters, RamIds } from './ids.ts';
import { defaultLimits, type RamLimits } from './limits.ts';
import { systemPolicyNamed } from './system-policies.ts';
import type {
  AccessKey,
  Attachment,
  Entity,
  Group,
  Policy,
  PolicyType,
  Role,
  RootKey,
  User,
} from './types.ts';

export type { AccessKey, Attachment, Policy, PolicyType, PolicyVersion, Role, User } from './types.ts';

/**
 * RAM of one account. Names of roles, users, groups and policies are unique without regard to case, so the maps are keyed by
 * `key(name)`. Rules about who may change what live in the operations; here are the data and the questions to it.
 */
export class RamState implements RamEntities {
  readonly uid: string;
  readonly clock: Clock;
  readonly limits: RamLimits;
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, Policy>;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly accessKeys: Map<string, AccessKey>;
  /** Keys of the account itself, by id. */
  readonly rootKeys = new Map<string, RootKey>();
  readonly ids: RamIds;
  readonly #history = new RamHistory();

  constructor(
    uid: string,
    clock: Clock,
    limits: Partial<RamLimits> = {},
    entities?: RamEntities,
    ids = new RamIds(uid),
  ) {
    this.uid = uid;
    this.clock = clock;
    this.limits = { ...defaultLimits, ...limits };
    this.roles = entities?.roles ?? new Map();
    this.policies = entities?.policies ?? new Map();
    this.users = entities?.users ?? new Map();
    this.groups = entities?.groups ?? new Map();
    this.accessKeys = entities?.accessKeys ?? new Map();
    this.ids = ids;
  }

  /** To be called before a write of a client, so that `asOf` can show what was there; `keepMs` is the oldest reading. */
  beforeWrite(keepMs: number): void {
    this.#history.remember(this, this.clock.now(), keepMs);
  }

  /** The state at an instant (ms), for reading only. A change that no `beforeWrite` announced is seen at once. */
  asOf(instant: number): RamState {
    const past = this.#history.asOf(instant);
    return past === null ? this : new RamState(this.uid, this.clock, this.limits, past);
  }

  /** What is stored now, as the beginning of another world. */
  copy(clock: Clock): RamState {
    const copy = new RamState(this.uid, clock, this.limits, copyEntities(this), this.ids.copy());
    for (const [id, rootKey] of this.rootKeys) copy.rootKeys.set(id, rootKey);
    return copy;
  }

  findRole(name: string): Role | undefined {
    return this.roles.get(key(name));
  }

  findUser(name: string): User | undefined {
    return this.users.get(key(name));
  }

  findGroup(name: string): Group | undefined {
    return this.groups.get(key(name));
  }

  /** The groups that a user is in. */
  groupsOf({ id }: User): Group[] {
    return [...this.groups.values()].filter(({ members }) => members.some(({ userId }) => userId === id));
  }

  findPolicy(type: PolicyType, name: string): Policy | undefined {
    return type === 'Custom' ? this.policies.get(key(name)) : systemPolicyNamed(name);
  }

  /** The policies of attachments, in their order. */
  attached(attachments: readonly Attachment[]): { policy: Policy; attachDate: Millis }[] {
    return attachments.flatMap(({ policyType, policyName, attachDate }) => {
      const policy = this.findPolicy(policyType, policyName);
      return policy === undefined ? [] : { policy, attachDate };
    });
  }

  /** The key with that id, active or not. */
  accessKey(accessKeyId: string): AccessKey | undefined {
    return this.accessKeys.get(accessKeyId);
  }

  accessKeysOf(user: User): AccessKey[] {
    return [...this.accessKeys.values()].filter((k) => k.userId === user.id);
  }

  /** Roles, users and groups that a policy is attached to. */
  attachedTo(policy: Policy): { roles: Role[]; users: User[]; groups: Group[] } {
    const has = (entity: Entity) => attachmentOf(entity, policy) !== undefined;
    return {
      roles: [...this.roles.values()].filter(has),
      users: [...this.users.values()].filter(has),
      groups: [...this.groups.values()].filter(has),
    };
  }

  attachmentCount(policy: Policy): number {
    return this.attachmentCounts()(policy);
  }

  /** The attachment counts of all policies, from one pass over what is attached: for listings. */
  attachmentCounts(): (policy: Policy) => number {
    const counts = new Map<string, number>();
    for (const entity of [...this.roles.values(), ...this.users.values(), ...this.groups.values()]) {
      for (const { policyType, policyName } of entity.attachments) {
        const id = `${policyType}/${key(policyName)}`;
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    return (policy) => counts.get(`${policy.type}/${key(policy.name)}`) ?? 0;
  }

  /** A new active key of a user. Random, so that no two runs share a secret. */
  addAccessKey(user: User): AccessKey {
    const accessKey: AccessKey = {
      id: `LTAI5t${letters(18)}`,
      secret: letters(30),
      userName: user.name,
      userId: user.id,
      active: true,
      createDate: this.clock.now(),
      lastUsed: null,
    };
    this.accessKeys.set(accessKey.id, accessKey);
    return accessKey;
  }

  /** A new key of the account itself, which may do everything in it. */
  addRootKey(): RootKey {
    const rootKey = { id: `LTAI5t${letters(18)}`, secret: letters(30) };
    this.rootKeys.set(rootKey.id, rootKey);
    return rootKey;
  }
}

/** How a name is looked up. */
export const key = (name: string): string => name.toLowerCase();

export const userArn = (uid: string, name: string): string => `acs:ram::${uid}:user/${name}`;

/** The attachment of a policy to an entity, if there is one. */
export function attachmentOf(entity: Entity, policy: Policy): Attachment | undefined {
  return entity.attachments.find(
    (a) => a.policyType === policy.type && key(a.policyName) === key(policy.name),
  );
}
