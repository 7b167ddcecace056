import { describe, expect, it } from 'vitest';
import { ramInstaller } from '../../../shared/alicloud/ram-installer.ts';
import { ramLister } from '../../../shared/alicloud/ram-lister.ts';
import { ramUsage } from '../../../shared/alicloud/ram-usage.ts';
import { apiOf, thrownBy } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const CREATED = '2026-11-23T10:00:00Z';
const Tags = { Tag: [{ TagKey: 'managed-by', TagValue: 'dms-handshake' }] };
const role = (RoleName: string, more: object = {}) => ({
  RoleName,
  Arn: `acs:ram::1:role/${RoleName}`,
  CreateDate: CREATED,
  ...more,
});
const policy = (PolicyName: string, more: object = {}) => ({
  PolicyName,
  AttachmentCount: 1,
  UpdateDate: CREATED,
  ...more,
});
const roles = (names: readonly string[], Marker?: string, more: object = {}) =>
  json(200, {
    IsTruncated: Marker !== undefined,
    Marker,
    Roles: { Role: names.map((name) => role(name, more)) },
  });
const policies = (names: readonly string[], Marker?: string, more: object = {}) =>
  json(200, {
    IsTruncated: Marker !== undefined,
    Marker,
    Policies: { Policy: names.map((name) => policy(name, more)) },
  });

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const asked = (key: string) => seen.map(({ url: { searchParams } }) => searchParams.get(key));
  return { api: apiOf(url), asked };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('a listing of RAM', () => {
  it('of roles goes to the last page, with the tags that each has', async () => {
    const { api, asked } = await told(roles(['a', 'b'], 'm1', { Tags }), roles(['c']));
    const found = await all(ramLister(api).allRoles());
    expect(found.map(({ name, tags }) => [name, [...tags]])).toEqual([
      ['a', [['managed-by', 'dms-handshake']]],
      ['b', [['managed-by', 'dms-handshake']]],
      ['c', []],
    ]);
    expect(asked('Marker')).toEqual([null, 'm1']);
    expect(asked('Tag')).toEqual([null, null]);
  });

  it('of policies goes to the last page, and is of our own', async () => {
    const { api, asked } = await told(policies(['p'], 'm1', { Tags }), policies(['q']));
    const found = await all(ramLister(api).policies());
    expect(found.map(({ name, attachments, tags }) => [name, attachments, tags.size])).toEqual([
      ['p', 1, 1],
      ['q', 1, 0],
    ]);
    expect(asked('Marker')).toEqual([null, 'm1']);
    expect(asked('Tag')).toEqual(Array(2).fill('[{"Key":"managed-by","Value":"dms-handshake"}]'));
  });

  it('of roles of ours asks RAM for those alone', async () => {
    const { api, asked } = await told(roles(['a']));
    expect((await all(ramLister(api).roles())).map(({ name }) => name)).toEqual(['a']);
    expect(asked('Tag')).toEqual(['[{"Key":"managed-by","Value":"dms-handshake"}]']);
  });

  it('of what bootstrap made goes to the last page', async () => {
    const { api, asked } = await told(roles(['a', 'b'], 'm1'), roles(['c']));
    expect(await ramInstaller(api).roles()).toEqual(['a', 'b', 'c']);
    expect(asked('Marker')).toEqual([null, 'm1']);
  });
});

describe('the usage of RAM', () => {
  it('counts all roles and custom policies, page by page', async () => {
    const { url } = await standIn(json(200, {}));
    const api = apiOf(url);
    // Both are counted side by side, so an answer goes by what was asked, and not by when.
    const pages: Readonly<Record<string, object>> = {
      ListRoles: { IsTruncated: true, Marker: 'm1', Roles: { Role: [{}, {}, {}] } },
      'ListRoles m1': { IsTruncated: false, Roles: { Role: [{}] } },
      ListPolicies: { IsTruncated: true, Marker: 'm1', Policies: { Policy: [{}] } },
      'ListPolicies m1': { IsTruncated: false },
    };
    api.call = async ({ action, parameters = {} }) =>
      pages[[action, parameters['Marker'] ?? []].flat().join(' ')];
    expect(await ramUsage(api)).toEqual({ roles: 4, policies: 1 });
  });

  it('is not guessed at', async () => {
    const { api } = await told(json(403, { Code: 'NoPermission' }));
    expect(await thrownBy(ramUsage(api))).toMatchObject({ failure: { code: 'NoPermission' } });
  });
});

describe('a policy of the installation', () => {
  it('is deleted after its old versions, and not before', async () => {
    const version = (VersionId: string, IsDefaultVersion: boolean) => ({ VersionId, IsDefaultVersion });
    const { api, asked } = await told(
      json(200, { PolicyVersions: { PolicyVersion: [version('v1', false), version('v2', true)] } }),
      json(200, {}),
    );
    await ramInstaller(api).deletePolicy('p');
    expect(asked('VersionId')).toEqual([null, 'v1', null]);
    expect(asked('PolicyName')).toEqual(['p', 'p', 'p']);
  });
});
