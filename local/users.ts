import type { Installation } from '../shared/installation/installation.ts';
import { peopleRights } from '../shared/installation/people.ts';
import type { Account, World } from './cloud/world.ts';
import { ramByHand } from './ram-by-hand.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Keys of a new user who may do everything in the account. */
export async function administrator(world: World, account: Account): Promise<Keys> {
  await ramByHand(world, account, 'CreateUser', { UserName: 'administrator' });
  await ramByHand(world, account, 'AttachPolicyToUser', {
    PolicyName: 'AdministratorAccess',
    PolicyType: 'System',
    UserName: 'administrator',
  });
  return keysOf(account, 'administrator');
}

/** Keys of a new user of the owner who speaks for it, with no more than the documents of the approver and the operator. */
export async function approver(world: World, owner: Account, at: Installation): Promise<Keys> {
  const UserName = 'approver';
  await ramByHand(world, owner, 'CreateUser', { UserName });
  for (const { name, permission } of peopleRights(at, owner.uid)) {
    if (!APPROVERS.includes(name)) continue;
    const policy = { PolicyName: name, PolicyDocument: JSON.stringify(permission) };
    await ramByHand(world, owner, 'CreatePolicy', policy);
    await ramByHand(world, owner, 'AttachPolicyToUser', {
      PolicyName: name,
      PolicyType: 'Custom',
      UserName,
    });
  }
  return keysOf(owner, UserName);
}

const APPROVERS: readonly string[] = ['dms-handshake-approver', 'dms-handshake-operator'];

function keysOf(account: Account, name: string): Keys {
  const user = account.ram.findUser(name);
  if (user === undefined) throw new Error(`the user ${name} was not made`);
  const { id, secret } = account.ram.addAccessKey(user);
  return { accessKeyId: id, accessKeySecret: secret };
}

/** New keys of the account itself. */
export function rootKeys(account: Account): Keys {
  const { id, secret } = account.ram.addRootKey();
  return { accessKeyId: id, accessKeySecret: secret };
}
