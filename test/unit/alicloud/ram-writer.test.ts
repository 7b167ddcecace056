import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../local/cloud/error.ts';
import { ramByHand } from '../../../local/ram-by-hand.ts';
import { ramWriter } from '../../../shared/alicloud/ram-writer.ts';
import type { Document } from '../../../shared/catalogue/document.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import type { Operation } from '../../../shared/ports.ts';
import { callsOf, cloudWith } from './cloud.ts';
import { thrownBy } from './setup.ts';

const ROLE = 'dms-cross-account-1000000000000001';
const POLICY = 'DmsCrossAccountPolicy-gdb';
const why = 'because';

const trust = (uid: string): Document => ({
  Statement: [
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [`${uid}@dms.aliyuncs.com`] } },
  ],
  Version: '1',
});
const gdb: Document = {
  Statement: [{ Action: ['gdb:DescribeDbInstances'], Effect: 'Allow', Resource: '*' }],
  Version: '1',
};
const redis = permissionDocument(['redis']) ?? gdb;
const tags = new Map([
  ['managed-by', 'dms-handshake'],
  ['dms-engine-gdb', 'granted 2026-11-23T10:00:00.000Z'],
]);
const custom = { name: POLICY, type: 'Custom' } as const;

const createRole: Operation = {
  operation: 'create-role',
  target: ROLE,
  reason: why,
  trust: trust('1'),
  tags,
};
const updateTrust: Operation = { operation: 'update-trust', target: ROLE, reason: why, trust: trust('2') };
const tagRole: Operation = {
  operation: 'tag-role',
  target: ROLE,
  reason: why,
  tags: new Map([['dms-engine-gdb', 'x']]),
};
const createPolicy: Operation = { operation: 'create-policy', target: POLICY, reason: why, document: gdb };
const newVersion: Operation = {
  operation: 'create-policy-version',
  target: POLICY,
  reason: why,
  document: redis,
};
const attach: Operation = { operation: 'attach-policy', target: POLICY, reason: why, policy: custom };
const detach: Operation = { operation: 'detach-policy', target: POLICY, reason: why, policy: custom };
const deleteRole: Operation = { operation: 'delete-role', target: ROLE, reason: why };
const deletePolicy: Operation = { operation: 'delete-policy', target: POLICY, reason: why };

async function writer(...before: Operation[]) {
  const cloud = await cloudWith();
  const ram = ramWriter(cloud.api);
  for (const operation of before) await ram.apply(ROLE, operation);
  cloud.world.journal.clear();
  return {
    ...cloud,
    apply: (operation: Operation) => ram.apply(ROLE, operation),
    role: () => cloud.owner.ram.findRole(ROLE),
    policy: () => cloud.owner.ram.findPolicy('Custom', POLICY),
    made: () => cloud.world.journal.calls.map(({ operation }) => operation),
  };
}

describe('an operation changes the world', () => {
  it('create-role: a role with its trust and tags', async () => {
    const { apply, role, made } = await writer();
    expect(await apply(createRole)).toBe('done');
    expect(JSON.parse(role()?.trust ?? '')).toEqual(trust('1'));
    expect(new Map(role()?.tags)).toEqual(tags);
    expect(role()?.description).toContain('Managed by dms-handshake');
    expect(made()).toEqual(['CreateRole']);
  });

  it('update-trust: another trust, the tags as they were', async () => {
    const { apply, role, made } = await writer(createRole);
    expect(await apply(updateTrust)).toBe('done');
    expect(JSON.parse(role()?.trust ?? '')).toEqual(trust('2'));
    expect(new Map(role()?.tags)).toEqual(tags);
    expect(made()).toEqual(['UpdateRole']);
  });

  it('tag-role: these tags, the others as they were', async () => {
    const { apply, role, made } = await writer(createRole);
    expect(await apply(tagRole)).toBe('done');
    expect(new Map(role()?.tags)).toEqual(new Map([...tags, ['dms-engine-gdb', 'x']]));
    expect(made()).toEqual(['TagResources']);
  });

  it('create-policy: a policy with its document and our tag', async () => {
    const { apply, policy, made } = await writer();
    expect(await apply(createPolicy)).toBe('done');
    expect(policy()?.versions.map(({ document }) => JSON.parse(document))).toEqual([gdb]);
    expect(new Map(policy()?.tags)).toEqual(new Map([['managed-by', 'dms-handshake']]));
    expect(made()).toEqual(['CreatePolicy']);
  });

  it('create-policy-version: another default version, the sixth in the place of the oldest', async () => {
    const { apply, policy } = await writer(createPolicy);
    for (let version = 2; version <= 6; version += 1) expect(await apply(newVersion)).toBe('done');
    expect(policy()?.versions.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      ['v2', false],
      ['v3', false],
      ['v4', false],
      ['v5', false],
      ['v6', true],
    ]);
    expect(JSON.parse(policy()?.versions.at(-1)?.document ?? '')).toEqual(redis);
  });

  it('attach-policy and detach-policy: of the role, by name and type', async () => {
    const { apply, role, made } = await writer(createRole, createPolicy);
    expect(await apply(attach)).toBe('done');
    expect(role()?.attachments).toMatchObject([{ policyName: POLICY, policyType: 'Custom' }]);
    expect(await apply(detach)).toBe('done');
    expect(role()?.attachments).toEqual([]);
    expect(made()).toEqual(['AttachPolicyToRole', 'DetachPolicyFromRole']);
  });

  it('detach-policy: a policy of the vendor’s too', async () => {
    const { apply, role, world, owner } = await writer(createRole);
    const admin = { PolicyName: 'AdministratorAccess', PolicyType: 'System', RoleName: ROLE };
    await ramByHand(world, owner, 'AttachPolicyToRole', admin);
    const policy = { name: 'AdministratorAccess', type: 'System' } as const;
    expect(await apply({ ...detach, target: policy.name, policy })).toBe('done');
    expect(role()?.attachments).toEqual([]);
  });

  it('delete-role and delete-policy: gone, with the old versions', async () => {
    const { apply, role, policy } = await writer(createRole, createPolicy, newVersion);
    expect(await apply(deleteRole)).toBe('done');
    expect(role()).toBeUndefined();
    expect(await apply(deletePolicy)).toBe('done');
    expect(policy()).toBeUndefined();
  });
});

describe('what was read before is no longer true', () => {
  it.each([
    ['create-role: it exists', createRole, [createRole]],
    ['update-trust: it is gone', updateTrust, []],
    ['tag-role: it is gone', tagRole, []],
    ['create-policy: it exists', createPolicy, [createPolicy]],
    ['create-policy-version: it is gone', newVersion, []],
    ['attach-policy: it is attached', attach, [createRole, createPolicy, attach]],
    ['attach-policy: the policy is gone', attach, [createRole]],
    ['attach-policy: the role is gone', attach, [createPolicy]],
    ['detach-policy: it is not attached', detach, [createRole, createPolicy]],
    ['delete-role: it is gone', deleteRole, []],
    ['delete-role: something is attached', deleteRole, [createRole, createPolicy, attach]],
    ['delete-policy: it is gone', deletePolicy, []],
    ['delete-policy: it is in use', deletePolicy, [createRole, createPolicy, attach]],
  ])('%s', async (_what, operation, before) => {
    const { apply } = await writer(...before);
    expect(await apply(operation)).toBe('conflict');
  });
});

describe('an answer is lost although the write was made', () => {
  it.each([
    ['CreateRole', createRole, [], 'conflict'],
    ['CreatePolicy', createPolicy, [], 'conflict'],
    ['AttachPolicyToRole', attach, [createRole, createPolicy], 'conflict'],
    ['DetachPolicyFromRole', detach, [createRole, createPolicy, attach], 'conflict'],
    ['DeleteRole', deleteRole, [createRole], 'conflict'],
    ['UpdateRole', updateTrust, [createRole], 'done'],
    ['TagResources', tagRole, [createRole], 'done'],
  ] as const)(
    '%s: it is repeated, and what the repetition meets is told',
    async (name, operation, before, result) => {
      for (const at of ['lost', 'after'] as const) {
        const { apply, world } = await writer(...before);
        world.weather.faults.push({ matches: callsOf(name), at });
        expect(await apply(operation)).toBe(result);
        expect(world.weather.faults[0]?.times).toBe(0);
      }
    },
  );
});

describe('a write that cannot be made', () => {
  it('is repeated after throttling', async () => {
    const { apply, world, role } = await writer();
    world.weather.faults.push({
      matches: callsOf('CreateRole'),
      at: 'before',
      error: new ApiError(400, 'Throttling.User', 'Request was denied due to user flow control.'),
      times: 2,
    });
    expect(await apply(createRole)).toBe('done');
    expect(role()).toBeDefined();
  });

  it.each([
    ['LimitExceeded.Role', 409, 'quota-exceeded', 'TerminalError'],
    ['NoPermission', 403, 'permission-missing', 'TerminalError'],
    ['MalformedPolicyDocument', 400, 'internal', 'TerminalError'],
    ['InvalidSecurityToken.Expired', 403, 'internal', 'RetryableError'],
  ])('%s: is told as what it means', async (code, status, problem, name) => {
    const { apply, world, role } = await writer();
    world.weather.faults.push({
      matches: callsOf('CreateRole'),
      at: 'before',
      error: new ApiError(status, code, 'No.'),
      times: Number.POSITIVE_INFINITY,
    });
    expect(await thrownBy(apply(createRole))).toMatchObject({ name, code: problem });
    expect(role()).toBeUndefined();
  });

  it('is given back when the service does not recover', async () => {
    const { apply, world } = await writer();
    world.weather.faults.push({
      matches: callsOf('CreateRole'),
      at: 'before',
      times: Number.POSITIVE_INFINITY,
    });
    expect(await thrownBy(apply(createRole))).toMatchObject({ name: 'RetryableError', code: 'internal' });
  });
});
