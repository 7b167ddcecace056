import {
  CreatePolicyRequest,
  CreatePolicyVersionRequest,
  DeletePolicyRequest,
  DeletePolicyVersionRequest,
  GetPolicyRequest,
  GetPolicyVersionRequest,
  ListPolicyVersionsRequest,
  SetDefaultPolicyVersionRequest,
} from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { ramClient } from './clients.ts';
import { permission } from './documents.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = ramClient(cloud);
const redis = permission('kvstore:DescribeInstances');

async function newPolicy(what: string, more: object = {}): Promise<string> {
  const policyName = cloud.name(what);
  const request = new DeletePolicyRequest({ policyName, cascadingDelete: true });
  cloud.cleanup.add(`policy ${policyName}`, () => client.deletePolicy(request));
  await client.createPolicy(new CreatePolicyRequest({ policyName, policyDocument: redis, ...more }));
  return policyName;
}

const get = (policyName: string, policyType = 'Custom') =>
  client.getPolicy(new GetPolicyRequest({ policyName, policyType }));

const newVersion = (policyName: string, action: string, more: object = {}) =>
  client.createPolicyVersion(
    new CreatePolicyVersionRequest({ policyName, policyDocument: permission(action), ...more }),
  );

const versions = async (policyName: string) => {
  const request = new ListPolicyVersionsRequest({ policyName, policyType: 'Custom' });
  const { body } = await client.listPolicyVersions(request);
  return (body?.policyVersions?.policyVersion ?? [])
    .map(({ versionId, isDefaultVersion }) => `${versionId}${isDefaultVersion === true ? '*' : ''}`)
    .sort();
};

describe('CreatePolicyVersion, ListPolicyVersions, SetDefaultPolicyVersion, DeletePolicyVersion', () => {
  it('five versions, then none, or the oldest makes room', async () => {
    const policyName = await newPolicy('versions');
    for (const action of ['a:B2', 'a:B3', 'a:B4', 'a:B5']) {
      await cloud.eventually(() => newVersion(policyName, action, { setAsDefault: action === 'a:B3' }));
    }
    expect(await versions(policyName)).toEqual(['v1', 'v2', 'v3*', 'v4', 'v5']);
    expect(await refused(newVersion(policyName, 'a:B6'))).toBe('409 LimitExceeded.Policy.Version');
    const rotateStrategy = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';
    await newVersion(policyName, 'a:B6', { rotateStrategy, setAsDefault: true });
    await cloud.eventually(async () =>
      expect(await versions(policyName)).toEqual(['v2', 'v3', 'v4', 'v5', 'v6*']),
    );
    const { body } = await get(policyName);
    expect(body?.defaultPolicyVersion?.policyDocument).toContain('a:B6');
  });

  it('a version is read, made default and deleted', async () => {
    const policyName = await newPolicy('default');
    await cloud.eventually(() => newVersion(policyName, 'a:Second'));
    const version = { policyName, policyType: 'Custom', versionId: 'v2' };
    const { body } = await client.getPolicyVersion(new GetPolicyVersionRequest(version));
    expect(body?.policyVersion).toMatchObject({ versionId: 'v2', isDefaultVersion: false });
    expect(body?.policyVersion?.policyDocument).toContain('a:Second');
    await client.setDefaultPolicyVersion(new SetDefaultPolicyVersionRequest({ policyName, versionId: 'v2' }));
    const remove = (versionId: string) =>
      client.deletePolicyVersion(new DeletePolicyVersionRequest({ policyName, versionId }));
    expect(await refused(remove('v2'))).toMatch(/^409 DeleteConflict\./);
    await remove('v1');
    await cloud.eventually(async () => expect(await versions(policyName)).toEqual(['v2*']));
    expect(await refused(remove('v1'))).toBe('404 EntityNotExist.Policy.Version');
  });

  it('refusals', async () => {
    const policyName = cloud.name('none');
    expect(await refused(newVersion(policyName, 'a:B'))).toBe('404 EntityNotExist.Policy');
    expect(await refused(versions(policyName))).toBe('404 EntityNotExist.Policy');
    const known = await newPolicy('known');
    const version = { policyName: known, policyType: 'Custom', versionId: 'v9' };
    expect(await refused(client.getPolicyVersion(new GetPolicyVersionRequest(version)))).toBe(
      '404 EntityNotExist.Policy.Version',
    );
    const request = new SetDefaultPolicyVersionRequest({ policyName: known, versionId: 'v9' });
    expect(await refused(client.setDefaultPolicyVersion(request))).toBe('404 EntityNotExist.Policy.Version');
    const malformed = new CreatePolicyVersionRequest({ policyName: known, policyDocument: '[]' });
    expect(await refused(client.createPolicyVersion(malformed))).toMatch(/^4\d\d MalformedPolicyDocument/);
  });
});
