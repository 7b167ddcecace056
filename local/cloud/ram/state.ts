import { createHash, randomInt } from 'node:crypto';
import type { Clock } from '../../../shared/runtime/clock.ts';
import type { PolicyDocument, RolePrincipal, UserPrincipal } from '../caller.ts';
import { copyEntities, type RamEntities, RamHistory } from './history.ts';
import { defaultLimits, type RamLimits } from './limits.ts';
import { systemPolicies } from './system-policies.ts';
import type { AccessKey, Attachment, Policy, PolicyType, Role, RootKey, User } from './types.ts';

export type { AccessKey, Attachment, Policy, PolicyType, PolicyVersion, Role, User } from './types.ts';

/**
 * RAM of one account. Names of roles, users and policies are unique without regard to case, so the maps are keyed by
 * `key(name)`. Rules about who may change what live in the operations; here are the data and the questions to it.
 */
export class RamState implements RamEntities {
  readonly uid: string;
  readonly clock: Clock;
  readonly limits: RamLimits;
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, Policy>;
  readonly users: Map<string, User>;
  readonly accessKeys: Map<string, AccessKey>;
  /** Keys of the account itself, by id. */
  readonly rootKeys = new Map<string, RootKey>();
  readonly #history = new RamHistory();
  #ids = 0;

  constructor(uid: string, clock: Clock, limits: Partial<RamLimits> = {}, entities?: RamEntities) {
    this.uid = uid;
    this.clock = clock;
    this.limits = { ...defaultLimits, ...limits };
    this.roles = entities?.roles ?? new Map();
    this.policies = entities?.policies ?? new Map();
    this.users = entities?.users ?? new Map();
    this.accessKeys = entities?.accessKeys ?? new Map();
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
    const copy = new RamState(this.uid, clock, this.limits, copyEntities(this));
    copy.#ids = this.#ids;
    for (const [id, rootKey] of this.rootKeys) copy.rootKeys.set(id, rootKey);
    return copy;
  }

  findRole(name: string): Role | undefined {
    return this.roles.get(key(name));
  }

  findUser(name: string): User | undefined {
    return this.users.get(key(name));
  }

  findPolicy(type: PolicyType, name: string): Policy | undefined {
    return (type === 'System' ? systemPolicies : this.policies).get(key(name));
  }

  /** The key with that id, active or not. */
  accessKey(accessKeyId: string): AccessKey | undefined {
    return this.accessKeys.get(accessKeyId);
  }

  accessKeysOf(user: User): AccessKey[] {
    return [...this.accessKeys.values()].filter((k) => k.userId === user.id);
  }

  /**
   * The identity policies in effect: the default version of each attached policy. None for a principal that is gone:
   * a role or user made again under the same name is another principal.
   */
  documentsOf(principal: UserPrincipal | RolePrincipal): PolicyDocument[] {
    const entity =
      principal.type === 'user' ? this.findUser(principal.userName) : this.findRole(principal.roleName);
    const id = principal.type === 'user' ? principal.userId : principal.roleId;
    if (entity === undefined || entity.id !== id) return [];
    return entity.attachments.flatMap((a) => {
      const version = this.findPolicy(a.policyType, a.policyName)?.versions.find((v) => v.isDefault);
      return version === undefined ? [] : [version.parsed];
    });
  }

  /** Roles and users that a policy is attached to. */
  attachedTo(policy: Policy): { roles: Role[]; users: User[] } {
    const has = (entity: Role | User) => attachmentOf(entity, policy) !== undefined;
    return { roles: [...this.roles.values()].filter(has), users: [...this.users.values()].filter(has) };
  }

  attachmentCount(policy: Policy): number {
    return this.attachmentCounts()(policy);
  }

  /** The attachment counts of all policies, from one pass over what is attached: for listings. */
  attachmentCounts(): (policy: Policy) => number {
    const counts = new Map<string, number>();
    for (const entity of [...this.roles.values(), ...this.users.values()]) {
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

  /** A new id of 18 digits as RAM gives to roles (`3...`) and users (`2...`): the same in every run, never used twice. */
  nextId(first: '2' | '3'): string {
    this.#ids += 1;
    const digest = createHash('sha256').update(`${this.uid}/${this.#ids}`).digest();
    return first + (digest.readBigUInt64BE() % 10n ** 17n).toString().padStart(17, '0');
  }
}

/** How a name is looked up. */
export const key = (name: string): string => name.toLowerCase();

/** The attachment of a policy to a role or user, if there is one. */
export function attachmentOf(entity: Role | User, policy: Policy): Attachment | undefined {
  return entity.attachments.find(
    (a) => a.policyType === policy.type && key(a.policyName) === key(policy.name),
  );
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function letters(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
