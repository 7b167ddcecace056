import {
  CreateRoleRequest,
  DeleteRoleRequest,
  ListRolesRequest,
  ListTagResourcesRequest,
  TagResourcesRequest,
  UntagResourcesRequest,
} from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { popClient, ramClient } from './clients.ts';
import { ownTrust } from './documents.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = ramClient(cloud);
const older = popClient(cloud, 'ram', '2015-05-01');

async function newRole(what: string): Promise<string> {
  const roleName = cloud.name(what);
  cloud.cleanup.add(`role ${roleName}`, () => client.deleteRole(new DeleteRoleRequest({ roleName })));
  const assumeRolePolicyDocument = ownTrust(cloud.uid);
  await client.createRole(new CreateRoleRequest({ roleName, assumeRolePolicyDocument }));
  return roleName;
}

const role = (...resourceNames: string[]) => ({ resourceType: 'role', resourceNames });

const tag = (names: string[], tags: Record<string, string>) =>
  cloud.eventually(() => {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    return client.tagResources(new TagResourcesRequest({ ...role(...names), tag: list }));
  });

/** `role key=value` of every row, through as many pages as there are. */
async function tagsOf(names: string[], pageSize = 100): Promise<string[]> {
  const rows: string[] = [];
  for (let nextToken = ''; ; ) {
    const request = new ListTagResourcesRequest({ ...role(...names), pageSize, nextToken });
    const { body } = await client.listTagResources(request);
    const page = body?.tagResources ?? [];
    expect(page.length).toBeLessThanOrEqual(pageSize);
    rows.push(...page.map((row) => `${row.resourceName} ${row.tagKey}=${row.tagValue}`));
    nextToken = body?.nextToken ?? '';
    if (nextToken === '') return rows.sort();
  }
}

describe('TagResources, ListTagResources, UntagResources', () => {
  it('the newer client writes tags as JSON text', async () => {
    const name = await newRole('json');
    await tag([name], {
      'dms-engine-redis': 'granted 2026-11-23T10:00:00Z',
      'a b/c:=+-@': '説明',
      empty: '',
    });
    await tag([name], { 'dms-engine-redis': 'revoked 2026-11-23T11:00:00Z' });
    await cloud.eventually(async () =>
      expect(await tagsOf([name])).toEqual(
        [
          `${name} a b/c:=+-@=説明`,
          `${name} dms-engine-redis=revoked 2026-11-23T11:00:00Z`,
          `${name} empty=`,
        ].sort(),
      ),
    );
    const untag = new UntagResourcesRequest({ ...role(name), tagKeys: ['empty', 'never-there'] });
    await client.untagResources(untag);
    await cloud.eventually(async () => expect(await tagsOf([name])).toHaveLength(2));
    await client.untagResources(new UntagResourcesRequest({ ...role(name), all: true }));
    await cloud.eventually(async () => expect(await tagsOf([name])).toEqual([]));
  });

  it('the older client writes tags as numbered parameters', async () => {
    const name = await newRole('numbered');
    const ResourceNames = [name];
    const Tag = [
      { Key: 'one', Value: '1' },
      { Key: 'two', Value: 'a&b=c' },
    ];
    const wanted = { ResourceType: 'role', ResourceNames, Tag };
    await cloud.eventually(() => older.request('TagResources', wanted, { method: 'POST' }));
    await cloud.eventually(async () =>
      expect(await tagsOf([name])).toEqual([`${name} one=1`, `${name} two=a&b=c`]),
    );
    const filter = { ResourceType: 'role', ResourceNames, Tag: [{ Key: 'one' }] };
    expect(JSON.stringify(await older.request('ListTagResources', filter))).toContain('a&b=c');
    await older.request('UntagResources', { ResourceType: 'role', ResourceNames, TagKeys: ['one'] });
    await cloud.eventually(async () => expect(await tagsOf([name])).toEqual([`${name} two=a&b=c`]));
  });

  it('several roles at once, read in pages of one', async () => {
    const names = [await newRole('several-1'), await newRole('several-2')];
    await tag(names, { one: '1', two: '2' });
    await cloud.eventually(async () =>
      expect(await tagsOf(names, 1)).toEqual(
        names.flatMap((name) => [`${name} one=1`, `${name} two=2`]).sort(),
      ),
    );
  });

  it('roles are found by their tags, all of which must match', async () => {
    const [first, second] = [await newRole('find-1'), await newRole('find-2')];
    const key = cloud.name('find');
    await tag([first], { [key]: 'x', only: 'first' });
    await tag([second], { [key]: 'x' });
    const find = async (...filter: { key: string; value?: string }[]) => {
      const { body } = await client.listRoles(new ListRolesRequest({ tag: filter }));
      return (body?.roles?.role ?? []).map((found) => found.roleName).sort();
    };
    await cloud.eventually(async () => {
      expect(await find({ key })).toEqual([first, second]);
      expect(await find({ key, value: 'x' }, { key: 'only' })).toEqual([first]);
      expect(await find({ key, value: 'y' })).toEqual([]);
    });
  });

  it('refusals', async () => {
    const name = await newRole('refusals');
    const none = cloud.name('none');
    const attempt = (names: string[], list: { key: string; value: string }[], type = 'role') =>
      refused(
        client.tagResources(new TagResourcesRequest({ resourceType: type, resourceNames: names, tag: list })),
      );
    const one = [{ key: 'k', value: 'v' }];
    expect(await attempt([name, none], one)).toBe('404 EntityNotExist.Role');
    expect(await attempt([name], one, 'user')).toMatch(/^400 InvalidParameter\.ResourceType/);
    expect(await attempt([name], [{ key: 'k'.repeat(129), value: '' }])).toMatch(/^400 InvalidParameter\./);
    expect(await attempt([name], [{ key: 'k', value: 'v'.repeat(257) }])).toMatch(/^400 InvalidParameter\./);
    expect(await attempt([name], [{ key: 'acs:k', value: '' }])).toMatch(/^400 InvalidParameter\./);
    const many = Array.from({ length: 21 }, (_, i) => ({ key: `k${i}`, value: '' }));
    expect(await attempt([name], many)).toMatch(/^400 InvalidParameter\./);
    expect(await attempt([name], many.slice(0, 20))).toBe('accepted');
    await cloud.eventually(async () =>
      expect(await attempt([name], many.slice(20))).toMatch(/^4\d\d LimitExceeded\./),
    );
    expect(await tagsOf([name])).toHaveLength(20);
  });
});
