import type { Account, World } from '../../local/cloud/world.ts';
import { type Deployment, deploy } from '../../local/deploy/deploy.ts';
import { type Blueprint, readBlueprint } from '../../local/host/blueprint.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';

type Keys = Parameters<typeof deploy>[3]['keys'];

const known = new WeakMap<Account, Promise<Keys>>();

/**
 * Deploys an `s.yaml`, with keys of an administrator named `deployer`; the journal says nothing of it. `root`: the
 * folder of the `code` paths.
 */
export async function deployYaml(
  world: World,
  account: Account,
  yaml: string | Blueprint,
  root: string,
): Promise<Deployment> {
  const { calls } = world.journal;
  const before = calls.length;
  const keys = known.get(account) ?? deployer(world, account);
  known.set(account, keys);
  const blueprint = typeof yaml === 'string' ? readBlueprint(yaml, {}) : yaml;
  const deployment = await deploy(world, account, blueprint, { root, keys: await keys });
  calls.length = before;
  return deployment;
}

async function deployer(world: World, account: Account): Promise<Keys> {
  const UserName = 'deployer';
  await ramByHand(world, account, 'CreateUser', { UserName });
  await ramByHand(world, account, 'AttachPolicyToUser', {
    PolicyName: 'AdministratorAccess',
    PolicyType: 'System',
    UserName,
  });
  const user = account.ram.findUser(UserName);
  if (user === undefined) throw new Error(`${UserName} was not made`);
  const { id, secret } = account.ram.addAccessKey(user);
  return { accessKeyId: id, accessKeySecret: secret };
}
