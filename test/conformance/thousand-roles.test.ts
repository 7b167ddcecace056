import { ListRolesRequest } from '@alicloud/ram20150501';
import { expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../local/cloud/http/server.ts';
import { handleMns } from '../../local/cloud/mns/index.ts';
import { rpcOperations } from '../../local/cloud/operations.ts';
import { World } from '../../local/cloud/world.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { administrator } from '../../local/users.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { OWNER } from '../kit/accounts.ts';
import { ramClient } from './clients.ts';
import { permission, trust } from './documents.ts';

const COUNT = 1000;
const PAGE = 100;

/** An account with a thousand roles, each with a policy of its own and the tags of a record. */
async function full() {
  const world = new World({ clock: systemClock, region: 'cn-hangzhou' });
  const account = world.addAccount(OWNER);
  account.ram.limits.roles = 2 * COUNT;
  const ram = (name: string, parameters: Record<string, string>) =>
    ramByHand(world, account, name, parameters);
  const AssumeRolePolicyDocument = trust({ Service: ['1000000000000001@dms.aliyuncs.com'] });
  const PolicyDocument = permission('kvstore:DescribeInstances');
  const create = async (RoleName: string) => {
    const Tag = JSON.stringify([{ Key: 'dms-engine-redis', Value: 'granted 2026-11-23T10:00:00Z' }]);
    await ram('CreateRole', { RoleName, AssumeRolePolicyDocument, Tag });
  };
  for (let i = 0; i < COUNT; i += 1) {
    const [RoleName, PolicyName] = [nameOf(i), `policy-${i}`];
    await create(RoleName);
    await ram('CreatePolicy', { PolicyName, PolicyDocument });
    await ram('AttachPolicyToRole', { PolicyName, PolicyType: 'Custom', RoleName });
  }
  return { world, account, ram, create };
}

const nameOf = (i: number): string => `role-${String(i).padStart(4, '0')}`;

it('a thousand roles are loaded, and paged through exactly while others come and go', async () => {
  const { world, account, ram, create } = await full();
  expect([account.ram.roles.size, account.ram.policies.size]).toEqual([COUNT, COUNT]);
  const door = await openDoor(world, account, { rpc: rpcOperations, mns: handleMns, fc: null });
  onTestFinished(() => door.close());
  const keys = await administrator(world, account);
  const target = {
    live: false,
    uid: OWNER,
    region: 'cn-hangzhou',
    keys,
    url: () => door.url,
    tls: { url: () => door.url, ca: null },
    echo: () => '',
    close: async () => undefined,
  };
  const client = ramClient(target);
  const throughout = new Set(Array.from({ length: COUNT }, (_, i) => nameOf(i)));
  const seen: string[] = [];
  for (let page = 0, marker = ''; ; page += 1) {
    const { body } = await client.listRoles(new ListRolesRequest({ maxItems: PAGE, marker }));
    const names = (body?.roles?.role ?? []).map((role) => role.roleName ?? '');
    expect(names.length).toBeLessThanOrEqual(PAGE);
    seen.push(...names);
    if (body?.isTruncated !== true) break;
    marker = body.marker ?? '';
    // One that was shown, one that is yet to come, and new ones before and behind the marker.
    for (const gone of [nameOf(page * PAGE), nameOf(COUNT - 1 - page)]) {
      if (!throughout.delete(gone)) continue;
      await ram('DetachPolicyFromRole', {
        PolicyName: `policy-${Number(gone.slice(-4))}`,
        PolicyType: 'Custom',
        RoleName: gone,
      });
      await ram('DeleteRole', { RoleName: gone });
    }
    await create(`a-new-${page}`);
    await create(`z-new-${page}`);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((name) => throughout.has(name))).toEqual([...throughout].sort());
});
