import { expect, it } from 'vitest';
import { carryOut } from './steps.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const ram = (action: string, form: Readonly<Record<string, string>>): Promise<unknown> =>
  carryOut(cloud, { service: 'ram', action, form });

const UserName = cloud.name('tf-forced');
const PolicyName = cloud.name('tf-forced');
const policy = { PolicyName, PolicyType: 'Custom' };
const allow = (action: string): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: [action], Resource: ['*'] }] });

it('a key is found among those of its user, changed and deleted: alicloud_ram_access_key', async () => {
  cloud.cleanup.add('user', () => ram('DeleteUser', { UserName }));
  await ram('CreateUser', { UserName });
  const made = await ram('CreateAccessKey', { UserName });
  const { AccessKeyId: UserAccessKeyId } = Object(made).AccessKey as { readonly AccessKeyId: string };
  cloud.cleanup.add('key', () => ram('DeleteAccessKey', { UserName, UserAccessKeyId }));
  const listed = (fields: object) =>
    cloud.eventually(async () =>
      expect(await ram('ListAccessKeys', { UserName })).toMatchObject({ AccessKeys: { AccessKey: fields } }),
    );
  await listed([{ AccessKeyId: UserAccessKeyId, Status: 'Active' }]);
  await ram('UpdateAccessKey', { UserName, UserAccessKeyId, Status: 'Inactive' });
  await listed([{ AccessKeyId: UserAccessKeyId, Status: 'Inactive' }]);
  await ram('DeleteAccessKey', { UserName, UserAccessKeyId });
  await listed([]);
});

it('a document is changed by a version that is the default, and the oldest goes: alicloud_ram_policy', async () => {
  cloud.cleanup.add('policy', () => ram('DeletePolicy', { PolicyName, CascadingDelete: 'true' }));
  await ram('CreatePolicy', { PolicyName, PolicyDocument: allow('fc:Get*') });
  for (const action of ['fc:List*', 'fc:Describe*', 'fc:Invoke*', 'fc:Put*', 'fc:Tag*']) {
    const PolicyDocument = allow(action);
    await ram('CreatePolicyVersion', {
      PolicyName,
      PolicyDocument,
      SetAsDefault: 'true',
      RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    });
    await cloud.eventually(async () =>
      expect(await ram('GetPolicy', policy)).toMatchObject({ DefaultPolicyVersion: { PolicyDocument } }),
    );
  }
});

it('what holds a user or a policy back is found and taken away, as force_destroy and force do', async () => {
  await ram('AttachPolicyToUser', { ...policy, UserName });
  const of = (names: readonly string[]) => names.map((UserName) => expect.objectContaining({ UserName }));
  await cloud.eventually(async () =>
    expect(await ram('ListEntitiesForPolicy', policy)).toMatchObject({
      Users: { User: of([UserName]) },
      Groups: { Group: [] },
      Roles: { Role: [] },
    }),
  );
  await expect(ram('DeletePolicy', { PolicyName })).rejects.toMatchObject({
    code: 'DeleteConflict.Policy.User',
  });
  await expect(ram('DeleteUser', { UserName })).rejects.toMatchObject({ code: 'DeleteConflict.User.Policy' });
  await ram('DetachPolicyFromUser', { ...policy, UserName });
  await expect(ram('DetachPolicyFromUser', { ...policy, UserName })).rejects.toMatchObject({
    code: 'EntityNotExist.User.Policy',
  });
  const versions = Object(await ram('ListPolicyVersions', policy)).PolicyVersions.PolicyVersion as readonly {
    readonly VersionId: string;
    readonly IsDefaultVersion: boolean;
  }[];
  expect(versions).toHaveLength(5);
  for (const { VersionId } of versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion))
    await ram('DeletePolicyVersion', { PolicyName, VersionId });
  await ram('DeletePolicy', { PolicyName });
  expect(await ram('ListGroupsForUser', { UserName })).toMatchObject({ Groups: { Group: [] } });
  await expect(ram('DeleteLoginProfile', { UserName })).rejects.toMatchObject({
    code: 'EntityNotExist.User.LoginProfile',
  });
  await expect(ram('UnbindMFADevice', { UserName })).rejects.toMatchObject({
    code: 'EntityNotExist.User.MFADevice',
  });
  await ram('DeleteUser', { UserName });
  await expect(ram('GetUser', { UserName })).rejects.toMatchObject({ code: 'EntityNotExist.User' });
});
