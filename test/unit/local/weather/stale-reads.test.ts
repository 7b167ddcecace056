import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../../local/cloud/evaluate/index.ts';
import { MINUTE } from '../../../kit/time.ts';
import { addRole, sessionCaller } from '../../../kit/two-accounts.ts';
import { callApi, refused } from '../http/clients.ts';
import { opened } from '../http/setup.ts';
import { weather } from './bench.ts';

const RAM = '2015-05-01';

const trust = (uid: string): string =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${uid}:root`] } }],
  });

/** A door on a cloud whose RAM shows the past, and calls through it. */
async function stale(staleReadsMs = MINUTE) {
  const cloud = await opened();
  const { world, door, keys } = cloud;
  world.weather.staleReadsMs = staleReadsMs;
  const ram = (action: string, query: Record<string, string> = {}) =>
    callApi(door, keys, { version: RAM, action, query });
  const createRole = (name: string) =>
    ram('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust(cloud.owner.uid) });
  /** How the same read answers, many times over. */
  const readings = async (read: () => Promise<unknown>, times = 40): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (let n = 0; n < times; n += 1) seen.add(await refused(read()));
    return seen;
  };
  return { ...cloud, ram, createRole, readings };
}

const getRole = (ram: (action: string, query: Record<string, string>) => Promise<unknown>) => () =>
  ram('GetRole', { RoleName: 'new' });

describe('after a write', () => {
  it('a read sees it or not, and a while later always', async () => {
    const { ram, createRole, readings, clock, owner } = await stale();
    clock.advance(2 * MINUTE);
    await createRole('new');
    expect(owner.ram.findRole('new')?.name).toBe('new');
    // The write is as old as the clock has moved on since: after half a minute, half of the ages drawn are older.
    clock.advance(MINUTE / 2);
    expect(await readings(getRole(ram))).toEqual(new Set(['200 accepted', '404 EntityNotExist.Role']));
    clock.advance(MINUTE / 2);
    expect(await readings(getRole(ram))).toEqual(new Set(['200 accepted']));
  });

  it('a write sees it at once', async () => {
    const { ram, createRole } = await stale();
    await createRole('new');
    expect(await refused(createRole('new'))).toBe('409 EntityAlreadyExists.Role');
    expect(await refused(ram('UpdateRole', { RoleName: 'new', NewDescription: 'x' }))).toBe('200 accepted');
    expect(await refused(ram('DeleteRole', { RoleName: 'new' }))).toBe('200 accepted');
    expect(await refused(ram('DeleteRole', { RoleName: 'new' }))).toBe('404 EntityNotExist.Role');
  });

  it('a change of an object shows the object as it was, tags and lists included', async () => {
    const { ram, createRole, clock } = await stale();
    await createRole('new');
    clock.advance(2 * MINUTE);
    const role = { ResourceType: 'role', ResourceNames: '["new"]' };
    await ram('TagResources', { ...role, Tag: '[{"Key":"k","Value":"v"}]' });
    await ram('UpdateRole', { RoleName: 'new', NewDescription: 'changed' });
    clock.advance(1_000);
    const seen = new Set<string>();
    for (let n = 0; n < 200; n += 1) {
      const { Roles } = (await ram('ListRoles')) as {
        Roles: { Role: { Description: string; Tags: object }[] };
      };
      seen.add(JSON.stringify(Roles.Role.map(({ Description, Tags }) => [Description, Tags])));
    }
    expect(seen).toContain(JSON.stringify([['', { Tag: [] }]]));
    expect(seen).toContain(JSON.stringify([['changed', { Tag: [{ TagKey: 'k', TagValue: 'v' }] }]]));
  });

  it('a deleted object may still be shown', async () => {
    const { ram, createRole, readings, clock, owner } = await stale();
    await createRole('new');
    clock.advance(2 * MINUTE);
    await ram('DeleteRole', { RoleName: 'new' });
    expect(owner.ram.findRole('new')).toBeUndefined();
    clock.advance(10_000);
    expect(await readings(getRole(ram))).toContain('200 accepted');
    clock.advance(MINUTE);
    expect(await readings(getRole(ram), 10)).toEqual(new Set(['404 EntityNotExist.Role']));
  });

  it('that failed, nothing old comes back', async () => {
    const { ram, createRole, readings, clock } = await stale();
    await createRole('new');
    clock.advance(2 * MINUTE);
    expect(await refused(createRole('new'))).toBe('409 EntityAlreadyExists.Role');
    expect(await readings(getRole(ram))).toEqual(new Set(['200 accepted']));
  });
});

it('what is done by hand is seen at once', async () => {
  const { ram, owner, readings } = await stale();
  addRole(owner, 'new', {});
  expect(await readings(getRole(ram))).toEqual(new Set(['200 accepted']));
});

it('how old a reading is, is drawn from the seed, up to the limit', () => {
  const ages = (seed: number): number[] => {
    const { weather: made } = weather({ seed, staleReadsMs: 1_000 });
    return Array.from({ length: 100 }, () => made.readingAge());
  };
  const drawn = ages(1);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1_000);
  expect(Math.max(...drawn)).toBeGreaterThan(900);
  expect(ages(1)).toEqual(drawn);
  expect(ages(2)).not.toEqual(drawn);
});

describe('other services', () => {
  const assume = (uid: string) => ({
    version: '2015-04-01',
    action: 'AssumeRole',
    query: { RoleArn: `acs:ram::${uid}:role/new`, RoleSessionName: 'probe' },
  });

  it('STS may not know a new role yet', async () => {
    const { door, keys, owner, createRole, readings, clock } = await stale();
    clock.advance(2 * MINUTE);
    await createRole('new');
    clock.advance(MINUTE / 2);
    const assumed = () => callApi(door, keys, assume(owner.uid));
    expect(await readings(assumed)).toEqual(new Set(['200 accepted', '404 EntityNotExist.Role']));
    clock.advance(MINUTE / 2);
    expect(await readings(assumed)).toEqual(new Set(['200 accepted']));
  });

  it('STS may still trust whom a role no longer trusts', async () => {
    const { door, keys, owner, requester, createRole, ram, readings, clock } = await stale();
    await createRole('new');
    clock.advance(2 * MINUTE);
    await ram('UpdateRole', { RoleName: 'new', NewAssumeRolePolicyDocument: trust(requester.uid) });
    clock.advance(30_000);
    const assumed = () => callApi(door, keys, assume(owner.uid));
    expect(await readings(assumed)).toEqual(new Set(['200 accepted', '403 NoPermission']));
    clock.advance(30_000);
    expect(await readings(assumed)).toEqual(new Set(['403 NoPermission']));
  });

  it('an engine may not know a new right yet, while RAM itself does', async () => {
    const { world, owner, createRole, ram, clock } = await stale();
    await createRole('new');
    clock.advance(2 * MINUTE);
    const PolicyDocument = JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    await ram('CreatePolicy', { PolicyName: 'p', PolicyDocument });
    await ram('AttachPolicyToRole', { PolicyName: 'p', PolicyType: 'Custom', RoleName: 'new' });
    clock.advance(30_000);
    const role = owner.ram.findRole('new');
    if (role === undefined) throw new Error('no role');
    const caller = sessionCaller(owner, role);
    const allowed = (action: string) =>
      new Set(Array.from({ length: 60 }, () => isAllowed(world, caller, { action, resource: '*' }).allowed));
    expect(allowed('kvstore:DescribeInstances')).toEqual(new Set([true, false]));
    expect(allowed('ram:GetRole')).toEqual(new Set([true]));
    clock.advance(MINUTE);
    expect(allowed('kvstore:DescribeInstances')).toEqual(new Set([true]));
  });
});

it('nothing is kept while readings are fresh', async () => {
  const { createRole, owner, clock } = await stale(0);
  const before = clock.now();
  await createRole('new');
  expect(owner.ram.asOf(before - MINUTE)).toBe(owner.ram);
});
