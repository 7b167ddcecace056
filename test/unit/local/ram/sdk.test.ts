import * as openapi from '@alicloud/openapi-core';
import * as sdk from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { ramOperations } from '../../../../local/cloud/ram/index.ts';
import { deniedMessage } from './denied.ts';
import { dmsTrust, permission, type Ram, ramOf, redis } from './ram.ts';

/** The vendor's client, with the network taken out: what it would send goes straight to the operations. */
function clientOf(ram: Ram) {
  // A CommonJS package: its default export is found in one of two places, depending on who loads it.
  const Client: typeof sdk.default.default = Reflect.get(sdk.default, 'default') ?? sdk.default;
  const config = new openapi.$OpenApiUtil.Config({
    accessKeyId: 'a',
    accessKeySecret: 'b',
    endpoint: 'localhost',
  });
  const client = new Client(config);
  const answers: [operation: string, answer: object][] = [];
  client.callApi = async (params, request) => {
    const name = String(params.action);
    const body = { RequestId: 'r-1', ...ram.call(name, { ...request.query }) };
    answers.push([name, body]);
    return { statusCode: 200, headers: {}, body };
  };
  return { client, answers };
}

interface Model {
  toMap(): Record<string, unknown>;
}

describe('the vendor’s own client', () => {
  it('can make every call that it has, and reads every field of every answer', async () => {
    const ram = ramOf();
    const { client, answers } = clientOf(ram);
    const read: [string, unknown][] = [];
    const keep = async (pending: Promise<{ body?: Model | undefined }>) => {
      const { body } = await pending;
      read.push([answers.at(-1)?.[0] ?? '', JSON.parse(JSON.stringify(body?.toMap()))]);
    };
    const role = { roleName: 'r' };
    const policy = { policyName: 'p' };
    const custom = { ...policy, policyType: 'Custom' };
    const user = { userName: 'u' };
    const group = { groupName: 'g' };
    const tag = [{ key: 'k', value: 'v' }];
    const tagged = { resourceType: 'role', resourceNames: ['r'] };
    const trusted = {
      ...role,
      assumeRolePolicyDocument: dmsTrust,
      description: 'd',
      maxSessionDuration: 7200,
      tag,
    };
    await keep(client.createRole(new sdk.CreateRoleRequest(trusted)));
    await keep(client.createUser(new sdk.CreateUserRequest({ ...user, comments: 'c' })));
    await keep(client.createPolicy(new sdk.CreatePolicyRequest({ ...policy, policyDocument: redis, tag })));
    await keep(client.attachPolicyToRole(new sdk.AttachPolicyToRoleRequest({ ...custom, ...role })));
    await keep(client.attachPolicyToUser(new sdk.AttachPolicyToUserRequest({ ...custom, ...user })));
    await keep(client.getRole(new sdk.GetRoleRequest(role)));
    await keep(client.updateRole(new sdk.UpdateRoleRequest({ ...role, newMaxSessionDuration: 3600 })));
    await keep(client.listRoles(new sdk.ListRolesRequest({ maxItems: 10, tag: [{ key: 'k' }] })));
    await keep(client.getPolicy(new sdk.GetPolicyRequest(custom)));
    await keep(client.listPolicies(new sdk.ListPoliciesRequest({ maxItems: 1, policyType: 'System' })));
    const version = {
      ...policy,
      policyDocument: permission('a:B'),
      setAsDefault: true,
      rotateStrategy: 'None',
    };
    await keep(client.createPolicyVersion(new sdk.CreatePolicyVersionRequest(version)));
    await keep(client.getPolicyVersion(new sdk.GetPolicyVersionRequest({ ...custom, versionId: 'v2' })));
    await keep(client.listPolicyVersions(new sdk.ListPolicyVersionsRequest(custom)));
    await keep(
      client.setDefaultPolicyVersion(new sdk.SetDefaultPolicyVersionRequest({ ...policy, versionId: 'v1' })),
    );
    await keep(
      client.deletePolicyVersion(new sdk.DeletePolicyVersionRequest({ ...policy, versionId: 'v2' })),
    );
    await keep(client.listPoliciesForRole(new sdk.ListPoliciesForRoleRequest(role)));
    await keep(client.listPoliciesForUser(new sdk.ListPoliciesForUserRequest(user)));
    await keep(client.listEntitiesForPolicy(new sdk.ListEntitiesForPolicyRequest(custom)));
    await keep(
      client.tagResources(new sdk.TagResourcesRequest({ ...tagged, tag: [{ key: 'l', value: '' }] })),
    );
    await keep(client.listTagResources(new sdk.ListTagResourcesRequest({ ...tagged, tag, pageSize: 1 })));
    await keep(client.untagResources(new sdk.UntagResourcesRequest({ ...tagged, tagKeys: ['k'] })));
    expect(Object.fromEntries(ram.state.findRole('r')?.tags ?? [])).toEqual({ l: '' });
    await keep(client.untagResources(new sdk.UntagResourcesRequest({ ...tagged, all: true })));
    await keep(client.createAccessKey(new sdk.CreateAccessKeyRequest(user)));
    await keep(client.listAccessKeys(new sdk.ListAccessKeysRequest(user)));
    const userAccessKeyId = [...ram.state.accessKeys.keys()][0] ?? '';
    const key = { ...user, userAccessKeyId };
    await keep(client.updateAccessKey(new sdk.UpdateAccessKeyRequest({ ...key, status: 'Inactive' })));
    await keep(client.getAccessKeyLastUsed(new sdk.GetAccessKeyLastUsedRequest(key)));
    await keep(client.deleteAccessKey(new sdk.DeleteAccessKeyRequest(key)));
    const facts = { newEmail: 'u@example.com', newMobilePhone: '86-1' };
    await keep(client.updateUser(new sdk.UpdateUserRequest({ ...user, ...facts })));
    await keep(
      client.updatePolicyDescription(
        new sdk.UpdatePolicyDescriptionRequest({ ...policy, newDescription: 'd' }),
      ),
    );
    await keep(client.createGroup(new sdk.CreateGroupRequest({ ...group, comments: 'c' })));
    await keep(client.getGroup(new sdk.GetGroupRequest(group)));
    await keep(client.updateGroup(new sdk.UpdateGroupRequest({ ...group, newComments: 'd' })));
    await keep(client.listGroups(new sdk.ListGroupsRequest({ maxItems: 1 })));
    await keep(client.addUserToGroup(new sdk.AddUserToGroupRequest({ ...user, ...group })));
    await keep(client.listUsersForGroup(new sdk.ListUsersForGroupRequest({ ...group, maxItems: 1 })));
    await keep(client.listGroupsForUser(new sdk.ListGroupsForUserRequest(user)));
    await keep(client.attachPolicyToGroup(new sdk.AttachPolicyToGroupRequest({ ...custom, ...group })));
    await keep(client.listPoliciesForGroup(new sdk.ListPoliciesForGroupRequest(group)));
    await keep(client.listEntitiesForPolicy(new sdk.ListEntitiesForPolicyRequest(custom)));
    await keep(client.detachPolicyFromGroup(new sdk.DetachPolicyFromGroupRequest({ ...custom, ...group })));
    await keep(client.removeUserFromGroup(new sdk.RemoveUserFromGroupRequest({ ...user, ...group })));
    await keep(client.deleteGroup(new sdk.DeleteGroupRequest(group)));
    const encodedDiagnosticMessage = deniedMessage(ram);
    await keep(
      client.decodeDiagnosticMessage(new sdk.DecodeDiagnosticMessageRequest({ encodedDiagnosticMessage })),
    );
    await expect(client.deleteLoginProfile(new sdk.DeleteLoginProfileRequest(user))).rejects.toMatchObject({
      code: 'EntityNotExist.User.LoginProfile',
    });
    await expect(client.unbindMFADevice(new sdk.UnbindMFADeviceRequest(user))).rejects.toMatchObject({
      code: 'EntityNotExist.User.MFADevice',
    });
    await keep(client.getUser(new sdk.GetUserRequest(user)));
    await keep(client.listUsers(new sdk.ListUsersRequest({ maxItems: 1 })));
    await keep(client.detachPolicyFromUser(new sdk.DetachPolicyFromUserRequest({ ...custom, ...user })));
    await keep(client.detachPolicyFromRole(new sdk.DetachPolicyFromRoleRequest({ ...custom, ...role })));
    await keep(client.deletePolicy(new sdk.DeletePolicyRequest({ ...policy, cascadingDelete: true })));
    await keep(client.deleteUser(new sdk.DeleteUserRequest(user)));
    await keep(client.deleteRole(new sdk.DeleteRoleRequest(role)));

    expect(read).toEqual(answers);
    // Nobody logs in to a console here: these two have nothing to answer.
    const refusing = ['DeleteLoginProfile', 'UnbindMFADevice'];
    expect(new Set([...answers.map(([name]) => name), ...refusing])).toEqual(
      new Set(ramOperations.map((o) => o.name)),
    );
    expect([ram.state.roles.size, ram.state.users.size, ram.state.policies.size]).toEqual([0, 0, 0]);
  });
});
