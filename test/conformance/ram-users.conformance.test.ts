import {
  AttachPolicyToUserRequest,
  CreateAccessKeyRequest,
  CreateUserRequest,
  DeleteAccessKeyRequest,
  DeleteUserRequest,
  DetachPolicyFromUserRequest,
  GetUserRequest,
  ListAccessKeysRequest,
  ListPoliciesForUserRequest,
  ListUsersRequest,
  UpdateAccessKeyRequest,
} from '@alicloud/ram20150501';
import { describe, expect, it } from 'vitest';
import { ramClient, stsClient } from './clients.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const client = ramClient(cloud);

async function newUser(what: string): Promise<string> {
  const userName = cloud.name(what);
  cloud.cleanup.add(`user ${userName}`, () => client.deleteUser(new DeleteUserRequest({ userName })));
  await client.createUser(new CreateUserRequest({ userName, displayName: 'Con Form', comments: 'test' }));
  return userName;
}

async function newKey(userName: string) {
  const { body } = await cloud.eventually(() =>
    client.createAccessKey(new CreateAccessKeyRequest({ userName })),
  );
  const { accessKeyId = '', accessKeySecret = '' } = body?.accessKey ?? {};
  const request = new DeleteAccessKeyRequest({ userName, userAccessKeyId: accessKeyId });
  cloud.cleanup.add(`a key of ${userName}`, () => client.deleteAccessKey(request));
  return { accessKeyId, accessKeySecret };
}

const keysOf = async (userName: string) => {
  const { body } = await client.listAccessKeys(new ListAccessKeysRequest({ userName }));
  return (body?.accessKeys?.accessKey ?? []).map((key) => `${key.accessKeyId} ${key.status}`);
};

describe('CreateUser, GetUser, ListUsers, DeleteUser', () => {
  it('a user is made, read, listed and deleted', async () => {
    const userName = await newUser('life');
    const { body } = await cloud.eventually(() => client.getUser(new GetUserRequest({ userName })));
    expect(body?.user).toMatchObject({ userName, displayName: 'Con Form', comments: 'test' });
    const first = await client.listUsers(new ListUsersRequest({ maxItems: 1 }));
    expect(first.body?.users?.user).toHaveLength(1);
    expect(first.body?.isTruncated).toBe(true);
    const second = await client.listUsers(
      new ListUsersRequest({ maxItems: 1, marker: first.body?.marker ?? '' }),
    );
    expect(second.body?.users?.user?.[0]?.userName).not.toBe(first.body?.users?.user?.[0]?.userName);
    await client.deleteUser(new DeleteUserRequest({ userName }));
    const gone = () => refused(client.getUser(new GetUserRequest({ userName })));
    await cloud.eventually(async () => expect(await gone()).toBe('404 EntityNotExist.User'));
  });

  it('refusals', async () => {
    const userName = await newUser('taken');
    const create = (name: string) => client.createUser(new CreateUserRequest({ userName: name }));
    expect(await refused(create(userName))).toBe('409 EntityAlreadyExists.User');
    expect(await refused(create('a b'))).toMatch(/^400 InvalidParameter\.UserName/);
    const none = { userName: cloud.name('none') };
    expect(await refused(client.deleteUser(new DeleteUserRequest(none)))).toBe('404 EntityNotExist.User');
    expect(await refused(client.listUsers(new ListUsersRequest({ marker: 'nonsense' })))).toMatch(
      /^400 InvalidParameter\.Marker/,
    );
  });
});

describe('CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey', () => {
  it('a key works, is switched off, and is deleted', async () => {
    const userName = await newUser('keys');
    const keys = await newKey(userName);
    const identity = await cloud.eventually(() => stsClient(cloud, keys).getCallerIdentity());
    expect(identity.body).toMatchObject({
      accountId: cloud.uid,
      arn: `acs:ram::${cloud.uid}:user/${userName}`,
      identityType: 'RAMUser',
    });
    expect(await keysOf(userName)).toEqual([`${keys.accessKeyId} Active`]);
    const userAccessKeyId = keys.accessKeyId;
    await client.updateAccessKey(
      new UpdateAccessKeyRequest({ userName, userAccessKeyId, status: 'Inactive' }),
    );
    await cloud.eventually(async () => {
      expect(await keysOf(userName)).toEqual([`${keys.accessKeyId} Inactive`]);
      expect(await refused(stsClient(cloud, keys).getCallerIdentity())).toMatch(
        /^4\d\d InvalidAccessKeyId\.(Inactive|NotFound)/,
      );
    });
    await client.deleteAccessKey(new DeleteAccessKeyRequest({ userName, userAccessKeyId }));
    await cloud.eventually(async () => expect(await keysOf(userName)).toEqual([]));
  });

  it('refusals', async () => {
    const userName = await newUser('two-keys');
    await newKey(userName);
    const { accessKeyId } = await newKey(userName);
    const third = client.createAccessKey(new CreateAccessKeyRequest({ userName }));
    expect(await refused(third)).toMatch(/^409 LimitExceeded\.User\.AccessKey/);
    const wrong = new UpdateAccessKeyRequest({ userName, userAccessKeyId: accessKeyId, status: 'Off' });
    expect(await refused(client.updateAccessKey(wrong))).toMatch(/^400 InvalidParameter\.Status/);
    const missing = new DeleteAccessKeyRequest({ userName, userAccessKeyId: 'LTAI5tNoSuchKey' });
    expect(await refused(client.deleteAccessKey(missing))).toBe('404 EntityNotExist.User.AccessKey');
    const none = new ListAccessKeysRequest({ userName: cloud.name('none') });
    expect(await refused(client.listAccessKeys(none))).toBe('404 EntityNotExist.User');
  });
});

describe('AttachPolicyToUser, DetachPolicyFromUser, ListPoliciesForUser', () => {
  it('a user has the rights of the policies attached, and no others', async () => {
    const userName = await newUser('rights');
    const policy = { policyName: 'ReadOnlyAccess', policyType: 'System', userName };
    const asUser = ramClient(cloud, await newKey(userName));
    const read = () => asUser.getUser(new GetUserRequest({ userName }));
    await cloud.eventually(async () => expect(await refused(read())).toBe('403 NoPermission'));
    const denied: unknown = await read().catch((error: unknown) => error);
    expect(denied).toMatchObject({
      accessDeniedDetail: { AuthAction: 'ram:GetUser', NoPermissionType: 'ImplicitDeny' },
    });
    const detach = () => client.detachPolicyFromUser(new DetachPolicyFromUserRequest(policy));
    cloud.cleanup.add(`attachment of ${userName}`, detach);
    await client.attachPolicyToUser(new AttachPolicyToUserRequest(policy));
    await cloud.eventually(read);
    expect(await refused(asUser.deleteUser(new DeleteUserRequest({ userName })))).toBe('403 NoPermission');
    const { body } = await client.listPoliciesForUser(new ListPoliciesForUserRequest({ userName }));
    expect(body?.policies?.policy?.map((p) => p.policyName)).toEqual(['ReadOnlyAccess']);
    expect(await refused(client.deleteUser(new DeleteUserRequest({ userName })))).toMatch(
      /^409 DeleteConflict\.User\./,
    );
    await detach();
    await cloud.eventually(async () => expect(await refused(read())).toBe('403 NoPermission'));
  });

  it('refusals', async () => {
    const userName = await newUser('bare');
    const policy = { policyName: 'ReadOnlyAccess', policyType: 'System', userName };
    expect(await refused(client.detachPolicyFromUser(new DetachPolicyFromUserRequest(policy)))).toBe(
      '404 EntityNotExist.User.Policy',
    );
    const unknown = new AttachPolicyToUserRequest({ ...policy, policyName: 'NoSuchAccess' });
    expect(await refused(client.attachPolicyToUser(unknown))).toBe('404 EntityNotExist.Policy');
    const none = new ListPoliciesForUserRequest({ userName: cloud.name('none') });
    expect(await refused(client.listPoliciesForUser(none))).toBe('404 EntityNotExist.User');
  });
});
