import type { Caller } from '../../../local/cloud/caller.ts';
import type { Account, World } from '../../../local/cloud/world.ts';
import { ramByHand } from '../../../local/ram-by-hand.ts';
import { administrator } from '../../../local/users.ts';
import { PROCEDURE } from '../../kit/procedure.ts';
import { USERS } from '../requests.ts';

const DOCUMENTED = Object.values(PROCEDURE).flatMap(({ actions }): readonly string[] => actions);
const SERVICES = new Set(DOCUMENTED.map((action) => action.split(':')[0] ?? ''));

/** Every documented action, its neighbours, and what nobody was ever to get. */
export const ACTIONS: readonly string[] = [
  ...DOCUMENTED,
  ...[...SERVICES].flatMap((service) => [
    `${service}:DeleteInstance`,
    `${service}:DescribeInstancesAndMore`,
    `${service}:Describe`,
  ]),
  ...[
    'ram:CreateRole',
    'ram:AttachPolicyToRole',
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
    'mns:PublishMessage',
  ],
  ...[
    'dms:ListInstances',
    'dms-console:Login',
    'fc:InvokeFunction',
    'ecs:DescribeInstances',
    'vpc:CreateVpc',
  ],
];

/** What the policies of a role name that is not among those: nobody asked for it, whatever it is. */
export function furtherActions({ ram }: Account, roleName: string): readonly string[] {
  const named = (ram.findRole(roleName)?.attachments ?? []).flatMap(({ policyType, policyName }) =>
    (ram.findPolicy(policyType, policyName)?.versions ?? [])
      .filter(({ isDefault }) => isDefault)
      .flatMap(({ parsed }) => parsed.Statement.flatMap((one) => [one.Action ?? []].flat())),
  );
  return [...new Set(named)].filter((action) => !ASKED.has(action.toLowerCase()));
}

const ASKED = new Set(ACTIONS.map((action) => action.toLowerCase()));

/** Somebody who may try to enter a role; everybody but the services may do everything in their own account. */
export interface Entrant {
  readonly name: string;
  readonly caller: Caller;
  readonly externalId?: string;
  /** `dms`: DMS for `uid`. `person`: a RAM user of `uid`. `verify`: our own test. `nobody`: whoever is never let in. */
  readonly kind: 'dms' | 'person' | 'verify' | 'nobody';
  readonly uid: string;
}

/** Everybody who will be tried on every role. `uids`: accounts that may be requesters, and one that is none. */
export async function entrants(
  world: World,
  owner: Account,
  uids: readonly string[],
): Promise<readonly Entrant[]> {
  const found: Entrant[] = [];
  for (const uid of uids) {
    const account = world.accounts.get(uid) ?? world.addAccount(uid);
    found.push(service(`${uid}@dms.aliyuncs.com`, uid, 'dms'));
    for (const name of [...USERS, 'administrator']) found.push(await person(world, account, name));
  }
  found.push({ ...(await person(world, owner, 'administrator')), kind: 'nobody' });
  const others = ['dms.aliyuncs.com', `${owner.uid}@dms.aliyuncs.com`, 'fc.aliyuncs.com', 'ecs.aliyuncs.com'];
  for (const name of others) found.push(service(name, owner.uid, 'nobody'));
  const verify = caller(owner, 'dms-handshake-verify');
  for (const uid of uids)
    found.push({
      name: `verify for ${uid}`,
      caller: verify,
      externalId: `dms-handshake:${uid}`,
      kind: 'verify',
      uid,
    });
  found.push({ name: 'verify without external id', caller: verify, kind: 'nobody', uid: owner.uid });
  for (const role of ['dms-handshake-provision', 'dms-handshake-intake'])
    for (const uid of uids)
      found.push({
        name: role,
        caller: caller(owner, role),
        externalId: `dms-handshake:${uid}`,
        kind: 'nobody',
        uid,
      });
  return found;
}

async function person(world: World, account: Account, name: string): Promise<Entrant> {
  if (name === 'administrator') await administrator(world, account);
  else {
    await ramByHand(world, account, 'CreateUser', { UserName: name });
    const policy = { PolicyName: 'AdministratorAccess', PolicyType: 'System', UserName: name };
    await ramByHand(world, account, 'AttachPolicyToUser', policy);
  }
  const userId = account.ram.findUser(name)?.id ?? '';
  const principal = { type: 'user', userName: name, userId } as const;
  return {
    name,
    caller: { accountId: account.uid, accessKeyId: 'x', principal },
    kind: 'person',
    uid: account.uid,
  };
}

/** As the local cloud's `assumeAsService` makes it. */
const service = (name: string, uid: string, kind: Entrant['kind']): Entrant => {
  const [actsFor = ''] = name.includes('@') ? name.split('@') : [];
  const principal = { type: 'service', service: name } as const;
  return { name, caller: { accountId: actsFor, accessKeyId: '', principal }, kind, uid };
};

/** A session of a role, without a session policy. */
export function caller({ uid, ram }: Account, roleName: string): Caller {
  const roleId = ram.findRole(roleName)?.id ?? '';
  const principal = { type: 'role', roleName, roleId, sessionName: 'x', sessionPolicy: null } as const;
  return { accountId: uid, accessKeyId: 'x', principal };
}
