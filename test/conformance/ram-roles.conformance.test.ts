import {
  AttachPolicyToRoleRequest,
  CreateRoleRequest,
  DeleteRoleRequest,
  DetachPolicyFromRoleRequest,
  GetRoleRequest,
  ListPoliciesForRoleRequest,
  ListRolesRequest,
  UpdateRoleRequest,
} from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { ramClient } from './clients.ts';
import { ownTrust, trust } from './documents.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = ramClient(cloud);
const own = ownTrust(cloud.uid);

async function newRole(what: string, more: object = {}): Promise<string> {
  const roleName = cloud.name(what);
  cloud.cleanup.add(`role ${roleName}`, () => client.deleteRole(new DeleteRoleRequest({ roleName })));
  const request = new CreateRoleRequest({ roleName, assumeRolePolicyDocument: own, ...more });
  await client.createRole(request);
  return roleName;
}

const get = (roleName: string) => client.getRole(new GetRoleRequest({ roleName }));
const create = (roleName: string, assumeRolePolicyDocument: string) =>
  client.createRole(new CreateRoleRequest({ roleName, assumeRolePolicyDocument }));

describe('CreateRole and GetRole', () => {
  it('a role is made as asked for', async () => {
    const roleName = await newRole('made', {
      description: 'why & "what for" 説明',
      maxSessionDuration: 7200,
    });
    const { body } = await cloud.eventually(() => get(roleName));
    expect(body?.role?.toMap()).toMatchObject({
      RoleName: roleName,
      Arn: `acs:ram::${cloud.uid}:role/${roleName}`,
      Description: 'why & "what for" 説明',
      MaxSessionDuration: 7200,
      RoleId: expect.stringMatching(/^\d+$/),
      CreateDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(JSON.parse(body?.role?.assumeRolePolicyDocument ?? '')).toEqual(JSON.parse(own));
    expect(body?.role?.toMap()).not.toHaveProperty('Tags');
  });

  it('the ARN has the name in lower case, and the name is found in any case', async () => {
    const roleName = `${cloud.name('mixed')}-CASE`;
    cloud.cleanup.add(`role ${roleName}`, () => client.deleteRole(new DeleteRoleRequest({ roleName })));
    const { body } = await create(roleName, own);
    expect(body?.role?.arn).toBe(`acs:ram::${cloud.uid}:role/${roleName.toLowerCase()}`);
    const found = await cloud.eventually(() => get(roleName.toLowerCase()));
    expect(found.body?.role?.roleName).toBe(roleName);
    expect(await refused(create(roleName.toLowerCase(), own))).toBe('409 EntityAlreadyExists.Role');
  });

  it('refusals', async () => {
    const roleName = cloud.name('never');
    expect(await refused(get(roleName))).toBe('404 EntityNotExist.Role');
    expect(await refused(create(roleName, '{'))).toMatch(/^4\d\d MalformedPolicyDocument/);
    expect(await refused(create(roleName, trust({ Nobody: ['x'] })))).toMatch(
      /^4\d\d (MalformedPolicyDocument|InvalidParameter\.)/,
    );
    expect(await refused(create('under_score', own))).toMatch(/^400 InvalidParameter\.RoleName/);
    expect(await refused(create('x'.repeat(65), own))).toMatch(/^400 InvalidParameter\.RoleName/);
    expect(await refused(get(roleName))).toBe('404 EntityNotExist.Role');
  });

  it('a service principal of the own account is rewritten to the plain form', async () => {
    const document = trust({ Service: [`${cloud.uid}@dms.aliyuncs.com`] });
    const roleName = await newRole('rewritten', { assumeRolePolicyDocument: document });
    const { body } = await cloud.eventually(() => get(roleName));
    const stored = body?.role?.assumeRolePolicyDocument ?? '';
    expect(stored).toContain('"dms.aliyuncs.com"');
    expect(stored).not.toContain('@dms');
  });
});

describe('UpdateRole', () => {
  it('changes what is given and keeps the rest', async () => {
    const roleName = await newRole('updated', { description: 'before' });
    const newAssumeRolePolicyDocument = trust({ Service: ['1000000000000009@dms.aliyuncs.com'] });
    await cloud.eventually(() =>
      client.updateRole(new UpdateRoleRequest({ roleName, newAssumeRolePolicyDocument })),
    );
    await client.updateRole(new UpdateRoleRequest({ roleName, newMaxSessionDuration: 43_200 }));
    await cloud.eventually(async () => {
      const { body } = await get(roleName);
      expect(body?.role).toMatchObject({ description: 'before', maxSessionDuration: 43_200 });
      expect(body?.role?.assumeRolePolicyDocument).toContain('1000000000000009@dms');
    });
  });

  it('refusals', async () => {
    const update = (roleName: string, newMaxSessionDuration: number) =>
      client.updateRole(new UpdateRoleRequest({ roleName, newMaxSessionDuration }));
    expect(await refused(update(cloud.name('none'), 3600))).toBe('404 EntityNotExist.Role');
    expect(await refused(update(await newRole('bounds'), 43_201))).toMatch(/^400 InvalidParameter\./);
  });
});

describe('ListRoles', () => {
  it('pages through the roles that have a tag, each once, with tags and without trust documents', async () => {
    const tag = { key: cloud.name('page'), value: 'yes' };
    const names: string[] = [];
    for (const what of ['p3', 'p1', 'p2', 'p5', 'p4']) names.push(await newRole(what, { tag: [tag] }));
    await cloud.eventually(async () => {
      const seen: string[] = [];
      for (let marker = ''; ; ) {
        const page = await client.listRoles(new ListRolesRequest({ maxItems: 2, marker, tag: [tag] }));
        const roles = page.body?.roles?.role ?? [];
        expect(roles.length).toBeLessThanOrEqual(2);
        for (const role of roles) {
          expect(role.toMap()).not.toHaveProperty('AssumeRolePolicyDocument');
          expect(role.tags?.tag?.map(({ tagKey, tagValue }) => [tagKey, tagValue])).toContainEqual([
            tag.key,
            tag.value,
          ]);
          seen.push(role.roleName ?? '');
        }
        if (page.body?.isTruncated !== true) break;
        marker = page.body.marker ?? '';
      }
      expect(seen.sort()).toEqual([...names].sort());
    });
  });

  it('refusals', async () => {
    expect(await refused(client.listRoles(new ListRolesRequest({ maxItems: 1001 })))).toMatch(
      /^400 InvalidParameter\.MaxItems/,
    );
    expect(await refused(client.listRoles(new ListRolesRequest({ marker: 'nonsense' })))).toMatch(
      /^400 InvalidParameter\.Marker/,
    );
  });
});

describe('AttachPolicyToRole, DetachPolicyFromRole, ListPoliciesForRole, DeleteRole', () => {
  it('a role with a policy cannot be deleted', async () => {
    const roleName = await newRole('held');
    const readOnly = { policyName: 'ReadOnlyAccess', policyType: 'System', roleName };
    const detach = () => client.detachPolicyFromRole(new DetachPolicyFromRoleRequest(readOnly));
    cloud.cleanup.add(`attachment of ${roleName}`, detach);
    const attach = () => client.attachPolicyToRole(new AttachPolicyToRoleRequest(readOnly));
    await cloud.eventually(attach);
    expect(await refused(attach())).toBe('409 EntityAlreadyExists.Role.Policy');
    await cloud.eventually(async () => {
      const { body } = await client.listPoliciesForRole(new ListPoliciesForRoleRequest({ roleName }));
      expect(body?.policies?.policy).toMatchObject([
        { policyName: 'ReadOnlyAccess', policyType: 'System', attachDate: expect.any(String) },
      ]);
    });
    const remove = () => client.deleteRole(new DeleteRoleRequest({ roleName }));
    expect(await refused(remove())).toBe('409 DeleteConflict.Role.Policy');
    await detach();
    expect(await refused(detach())).toBe('404 EntityNotExist.Role.Policy');
    await cloud.eventually(remove);
    expect(await refused(remove())).toBe('404 EntityNotExist.Role');
  });

  it('refusals', async () => {
    const policy = { policyName: 'ReadOnlyAccess', policyType: 'System' };
    const attach = (more: object) =>
      client.attachPolicyToRole(new AttachPolicyToRoleRequest({ ...policy, ...more }));
    expect(await refused(attach({ roleName: cloud.name('none') }))).toBe('404 EntityNotExist.Role');
    const roleName = await newRole('bare');
    expect(await refused(attach({ roleName, policyName: 'NoSuchAccess' }))).toBe('404 EntityNotExist.Policy');
    expect(await refused(attach({ roleName, policyType: 'Other' }))).toMatch(/^400 InvalidParameter\./);
    const list = client.listPoliciesForRole(new ListPoliciesForRoleRequest({ roleName: cloud.name('none') }));
    expect(await refused(list)).toBe('404 EntityNotExist.Role');
  });
});
