import {
  AttachPolicyToRoleRequest,
  CreatePolicyRequest,
  CreatePolicyVersionRequest,
  CreateRoleRequest,
  DeletePolicyRequest,
  DeleteRoleRequest,
  DetachPolicyFromRoleRequest,
  GetPolicyRequest,
  ListEntitiesForPolicyRequest,
  ListPoliciesRequest,
} from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { ramClient } from './clients.ts';
import { ownTrust, permission } from './documents.ts';
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

describe('CreatePolicy and GetPolicy', () => {
  it('a policy is made as asked for', async () => {
    const policyName = await newPolicy('made', { description: 'why' });
    const { body } = await cloud.eventually(() => get(policyName));
    expect(body?.policy).toMatchObject({
      policyName,
      policyType: 'Custom',
      description: 'why',
      defaultVersion: 'v1',
      attachmentCount: 0,
    });
    expect(body?.defaultPolicyVersion).toMatchObject({ versionId: 'v1', isDefaultVersion: true });
    expect(JSON.parse(body?.defaultPolicyVersion?.policyDocument ?? '')).toEqual(JSON.parse(redis));
  });

  it("the vendor's own policies are there", async () => {
    const { body } = await get('AliyunSTSAssumeRoleAccess', 'System');
    expect(body?.defaultPolicyVersion?.policyDocument).toContain('sts:AssumeRole');
  });

  it('refusals', async () => {
    const create = (policyName: string, policyDocument = redis) =>
      client.createPolicy(new CreatePolicyRequest({ policyName, policyDocument }));
    const policyName = await newPolicy('taken');
    expect(await refused(create(policyName))).toBe('409 EntityAlreadyExists.Policy');
    expect(await refused(create(cloud.name('never'), 'no JSON'))).toMatch(/^4\d\d MalformedPolicyDocument/);
    const long = permission(...Array.from({ length: 200 }, (_, i) => `kvstore:DescribeSomethingLong${i}`));
    expect(await refused(create(cloud.name('never'), long))).toMatch(
      /^4\d\d (InvalidParameter\.PolicyDocument|LimitExceeded|MalformedPolicyDocument)/,
    );
    expect(await refused(create('dots.are.not.allowed'))).toMatch(/^400 InvalidParameter\.PolicyName/);
    expect(await refused(get(cloud.name('never')))).toBe('404 EntityNotExist.Policy');
    expect(await refused(get(policyName, 'System'))).toBe('404 EntityNotExist.Policy');
  });
});

describe('ListPolicies', () => {
  it('pages through the policies that have a tag', async () => {
    const tag = { key: cloud.name('page'), value: 'yes' };
    const names: string[] = [];
    for (const what of ['p2', 'p3', 'p1']) names.push(await newPolicy(what, { tag: [tag] }));
    await cloud.eventually(async () => {
      const seen: string[] = [];
      for (let marker = ''; ; ) {
        const request = new ListPoliciesRequest({ policyType: 'Custom', maxItems: 1, marker, tag: [tag] });
        const { body } = await client.listPolicies(request);
        seen.push(...(body?.policies?.policy ?? []).map((policy) => policy.policyName ?? ''));
        if (body?.isTruncated !== true) break;
        marker = body.marker ?? '';
      }
      expect(seen.sort()).toEqual([...names].sort());
    });
  });

  it('tells the types apart', async () => {
    const request = new ListPoliciesRequest({ policyType: 'System', maxItems: 3 });
    const { body } = await client.listPolicies(request);
    expect(body?.policies?.policy?.map((policy) => policy.policyType)).toEqual([
      'System',
      'System',
      'System',
    ]);
    const wrong = client.listPolicies(new ListPoliciesRequest({ policyType: 'Other' }));
    expect(await refused(wrong)).toMatch(/^400 InvalidParameter\.PolicyType/);
  });
});

describe('ListEntitiesForPolicy and DeletePolicy', () => {
  it('a policy in use cannot be deleted, and says who uses it', async () => {
    const policyName = await newPolicy('used');
    const roleName = cloud.name('user');
    const use = { policyName, policyType: 'Custom', roleName };
    cloud.cleanup.add(`role ${roleName}`, () => client.deleteRole(new DeleteRoleRequest({ roleName })));
    const assumeRolePolicyDocument = ownTrust(cloud.uid);
    await client.createRole(new CreateRoleRequest({ roleName, assumeRolePolicyDocument }));
    const detach = () => client.detachPolicyFromRole(new DetachPolicyFromRoleRequest(use));
    cloud.cleanup.add(`attachment of ${roleName}`, detach);
    await cloud.eventually(() => client.attachPolicyToRole(new AttachPolicyToRoleRequest(use)));
    await cloud.eventually(async () => {
      const request = new ListEntitiesForPolicyRequest({ policyName, policyType: 'Custom' });
      const { body } = await client.listEntitiesForPolicy(request);
      expect(body?.roles?.role?.map((role) => role.roleName)).toEqual([roleName]);
      expect((await get(policyName)).body?.policy?.attachmentCount).toBe(1);
    });
    const remove = (cascadingDelete: boolean) =>
      client.deletePolicy(new DeletePolicyRequest({ policyName, cascadingDelete }));
    expect(await refused(remove(true))).toMatch(/^409 DeleteConflict\.Policy\./);
    await detach();
    await newVersion(policyName, 'a:Second');
    expect(await refused(remove(false))).toBe('409 DeleteConflict.Policy.Version');
    await cloud.eventually(() => remove(true));
    expect(await refused(remove(true))).toBe('404 EntityNotExist.Policy');
  });

  it('a role takes a limited number of custom policies', async () => {
    const roleName = cloud.name('full');
    cloud.cleanup.add(`role ${roleName}`, () => client.deleteRole(new DeleteRoleRequest({ roleName })));
    const assumeRolePolicyDocument = ownTrust(cloud.uid);
    await client.createRole(new CreateRoleRequest({ roleName, assumeRolePolicyDocument }));
    let refusal = 'accepted';
    for (let count = 1; count <= 11 && refusal === 'accepted'; count += 1) {
      const use = { policyName: await newPolicy(`full-${count}`), policyType: 'Custom', roleName };
      const detach = () => client.detachPolicyFromRole(new DetachPolicyFromRoleRequest(use));
      cloud.cleanup.add(`attachment ${count} of ${roleName}`, detach);
      refusal = await refused(
        cloud.eventually(() => client.attachPolicyToRole(new AttachPolicyToRoleRequest(use))),
      );
    }
    expect(refusal).toBe('409 LimitExceeded.Role.Policy');
  });

  it('refusals', async () => {
    const none = { policyName: cloud.name('none'), policyType: 'Custom' };
    expect(await refused(client.listEntitiesForPolicy(new ListEntitiesForPolicyRequest(none)))).toBe(
      '404 EntityNotExist.Policy',
    );
    expect(await refused(client.deletePolicy(new DeletePolicyRequest(none)))).toBe(
      '404 EntityNotExist.Policy',
    );
  });
});
