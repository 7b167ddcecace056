import type { Caller, PolicyDocument, PolicyStatement } from '../../local/cloud/caller.ts';
import type { Attachment, Role, User } from '../../local/cloud/ram/state.ts';
import { type Account, World } from '../../local/cloud/world.ts';
import type { Clock } from '../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from './accounts.ts';

export interface TwoAccounts<C extends Clock = Clock> {
  readonly clock: C;
  readonly world: World;
  readonly owner: Account;
  readonly requester: Account;
}

export function twoAccounts<C extends Clock>(clock: C, region = 'cn-hangzhou'): TwoAccounts<C> {
  const world = new World({ clock, region });
  return { clock, world, owner: world.addAccount(OWNER), requester: world.addAccount(REQUESTER) };
}

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

export const document = (...statements: PolicyStatement[]): PolicyDocument => ({
  Version: '1',
  Statement: statements,
});

export const everything: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A user with one policy and an access key. */
export function addUser(
  account: Account,
  name: string,
  ...statements: PolicyStatement[]
): { caller: Caller; keys: Keys } {
  const { ram } = account;
  const id = ram.ids.next('2');
  const now = ram.clock.now();
  const user: User = {
    name,
    id,
    arn: `acs:ram::${account.uid}:user/${name}`,
    displayName: name,
    mobilePhone: '',
    email: '',
    comments: '',
    createDate: now,
    updateDate: now,
    attachments: attach(account, `user-${name}`, statements),
  };
  ram.users.set(name.toLowerCase(), user);
  const key = ram.addAccessKey(user);
  const keys = { accessKeyId: key.id, accessKeySecret: key.secret };
  const principal = { type: 'user', userName: name, userId: id } as const;
  return { caller: { accountId: account.uid, accessKeyId: keys.accessKeyId, principal }, keys };
}

/** A role with a trust and one policy. */
export function addRole(
  account: Account,
  name: string,
  trust: unknown,
  ...statements: PolicyStatement[]
): Role {
  const { ram } = account;
  const now = ram.clock.now();
  const role: Role = {
    name,
    id: ram.ids.next('3'),
    arn: `acs:ram::${account.uid}:role/${name.toLowerCase()}`,
    trust: typeof trust === 'string' ? trust : JSON.stringify(trust),
    description: '',
    maxSessionDuration: 3600,
    createDate: now,
    updateDate: now,
    tags: new Map(),
    attachments: attach(account, `role-${name}`, statements),
  };
  ram.roles.set(name.toLowerCase(), role);
  return role;
}

/** A caller as a session of the role. */
export function sessionCaller(
  account: Account,
  role: Role,
  sessionPolicy: PolicyDocument | null = null,
): Caller {
  return {
    accountId: account.uid,
    accessKeyId: 'STS.test',
    principal: { type: 'role', roleName: role.name, roleId: role.id, sessionName: 'test', sessionPolicy },
  };
}

function attach(account: Account, policyName: string, statements: readonly PolicyStatement[]): Attachment[] {
  const { ram } = account;
  if (statements.length === 0) return [];
  const now = ram.clock.now();
  const parsed = document(...statements);
  ram.policies.set(policyName.toLowerCase(), {
    name: policyName,
    type: 'Custom',
    description: '',
    createDate: now,
    updateDate: now,
    versions: [{ id: 'v1', document: JSON.stringify(parsed), parsed, createDate: now, isDefault: true }],
    nextVersion: 2,
    tags: new Map(),
  });
  return [{ policyName, policyType: 'Custom', attachDate: now }];
}
