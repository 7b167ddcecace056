import { describe, expect, it } from 'vitest';
import { gatewayDialect } from '../../../../local/cloud/signature/dialect.ts';
import { verifyClaim } from '../../../../local/cloud/signature/verify.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { at, listAt, type Ram, ramOf } from './ram.ts';

function withUser(): Ram {
  const ram = ramOf();
  ram.call('CreateUser', { UserName: 'Alice_1', Comments: 'c' });
  return ram;
}

const secretOf = (answer: unknown) => String(at(answer, 'AccessKey', 'AccessKeySecret'));
const idOf = (answer: unknown) => String(at(answer, 'AccessKey', 'AccessKeyId'));

describe('users', () => {
  it('are created, got and listed', () => {
    const ram = withUser();
    const user = {
      UserId: expect.stringMatching(/^2\d{17}$/),
      UserName: 'Alice_1',
      DisplayName: '',
      Comments: 'c',
      CreateDate: '2026-11-23T10:00:00Z',
      UpdateDate: '2026-11-23T10:00:00Z',
    };
    expect(ram.call('GetUser', { UserName: 'alice_1' })).toEqual({ User: user });
    expect(ram.call('ListUsers')).toEqual({ Users: { User: [user] }, IsTruncated: false });
    const { UpdateDate: _, ...created } = { ...user, UserName: 'bob', Comments: '' };
    expect(ram.call('CreateUser', { UserName: 'bob' })).toEqual({ User: created });
    expect(ram.state.findUser('alice_1')?.arn).toBe(`acs:ram::${OWNER}:user/Alice_1`);
  });

  it('have unique names of letters, digits, dots, hyphens and underscores', () => {
    const ram = withUser();
    expect(ram.refusal('CreateUser', { UserName: 'ALICE_1' })).toBe('409 EntityAlreadyExists.User');
    expect(ram.refusal('CreateUser', { UserName: 'a@b' })).toBe('400 InvalidParameter.UserName.InvalidChars');
    expect(ram.refusal('CreateUser', { UserName: 'a'.repeat(65) })).toBe(
      '400 InvalidParameter.UserName.Length',
    );
  });

  it('are limited in number', () => {
    const ram = withUser();
    ram.state.limits.users = 1;
    expect(ram.refusal('CreateUser', { UserName: 'bob' })).toBe('409 LimitExceeded.User');
  });

  it('are deleted when they have neither policies nor keys', () => {
    const ram = withUser();
    const of = { UserName: 'Alice_1', PolicyName: 'AdministratorAccess', PolicyType: 'System' };
    ram.call('AttachPolicyToUser', of);
    const key = ram.call('CreateAccessKey', { UserName: 'Alice_1' });
    const remove = () => ram.refusal('DeleteUser', { UserName: 'Alice_1' });
    expect(remove()).toBe('409 DeleteConflict.User.Policy');
    ram.call('DetachPolicyFromUser', of);
    expect(remove()).toBe('409 DeleteConflict.User.AccessKey');
    ram.call('DeleteAccessKey', { UserName: 'Alice_1', UserAccessKeyId: idOf(key) });
    expect(remove()).toBe('accepted');
    expect(remove()).toBe('404 EntityNotExist.User');
    expect(ram.refusal('GetUser', { UserName: 'Alice_1' })).toBe('404 EntityNotExist.User');
  });
});

describe('a user that is changed', () => {
  const facts = { DisplayName: 'Alice', MobilePhone: '86-1860000', Email: 'alice@example.com' };

  it('has what was given and keeps the rest', () => {
    const ram = ramOf();
    ram.call('CreateUser', { UserName: 'a', Comments: 'c', ...facts });
    expect(ram.call('GetUser', { UserName: 'a' })).toMatchObject({ User: { ...facts, Comments: 'c' } });
    ram.advance(5000);
    const changed = ram.call('UpdateUser', { UserName: 'a', NewEmail: '', NewComments: 'd' });
    const { Email: _gone, ...kept } = facts;
    expect(ram.call('GetUser', { UserName: 'a' })).toEqual(changed);
    expect(changed['User']).toEqual({
      ...kept,
      UserName: 'a',
      UserId: expect.any(String),
      Comments: 'd',
      CreateDate: '2026-11-23T10:00:00Z',
      UpdateDate: '2026-11-23T10:00:05Z',
    });
    const others = { DisplayName: 'B', MobilePhone: '86-2', Email: 'b@example.com' };
    const anew = Object.fromEntries(Object.entries(others).map(([name, value]) => [`New${name}`, value]));
    expect(ram.call('UpdateUser', { UserName: 'a', ...anew })).toMatchObject({
      User: { ...others, Comments: 'd' },
    });
    expect(ram.refusal('UpdateUser', { UserName: 'b' })).toBe('404 EntityNotExist.User');
  });

  it('keeps keys, groups and policies under another name', () => {
    const ram = withUser();
    ram.call('CreateUser', { UserName: 'bob' });
    const key = idOf(ram.call('CreateAccessKey', { UserName: 'Alice_1' }));
    ram.call('CreateGroup', { GroupName: 'g' });
    ram.call('AddUserToGroup', { UserName: 'Alice_1', GroupName: 'g' });
    const policy = { PolicyName: 'ReadOnlyAccess', PolicyType: 'System' };
    ram.call('AttachPolicyToUser', { UserName: 'Alice_1', ...policy });
    const rename = (NewUserName: string) => ram.refusal('UpdateUser', { UserName: 'Alice_1', NewUserName });
    expect(rename('BOB')).toBe('409 EntityAlreadyExists.User');
    expect(rename('carol')).toBe('accepted');
    expect(ram.refusal('GetUser', { UserName: 'Alice_1' })).toBe('404 EntityNotExist.User');
    expect(ram.state.findUser('carol')?.arn).toBe(`acs:ram::${OWNER}:user/carol`);
    expect(ram.state.accessKey(key)?.userName).toBe('carol');
    const carol = { UserName: 'carol' };
    expect(listAt(ram.call('ListAccessKeys', carol), 'AccessKeys', 'AccessKey')).toHaveLength(1);
    expect(listAt(ram.call('ListGroupsForUser', carol), 'Groups', 'Group')).toHaveLength(1);
    expect(listAt(ram.call('ListPoliciesForUser', carol), 'Policies', 'Policy')).toHaveLength(1);
  });

  it('has no console login and no device: who would take them away hears that', () => {
    const ram = withUser();
    const of = { UserName: 'Alice_1' };
    expect(ram.refusal('DeleteLoginProfile', of)).toBe('404 EntityNotExist.User.LoginProfile');
    expect(ram.refusal('UnbindMFADevice', of)).toBe('404 EntityNotExist.User.MFADevice');
    expect(ram.refusal('DeleteLoginProfile', { UserName: 'x' })).toBe('404 EntityNotExist.User');
    expect(ram.refusal('UnbindMFADevice', { UserName: 'x' })).toBe('404 EntityNotExist.User');
  });
});

describe('access keys', () => {
  it('say when they last signed a request', () => {
    const ram = withUser();
    const UserAccessKeyId = idOf(ram.call('CreateAccessKey', { UserName: 'Alice_1' }));
    const used = () => ram.call('GetAccessKeyLastUsed', { UserName: 'Alice_1', UserAccessKeyId });
    expect(used()).toEqual({ AccessKeyLastUsed: { LastUsedDate: '' } });
    const key = ram.state.accessKey(UserAccessKeyId);
    const claim = {
      accessKeyId: UserAccessKeyId,
      signature: 's',
      securityToken: undefined,
      signedAt: ram.world.clock.now(),
      expected: () => 's',
    };
    verifyClaim(ram.world, claim, gatewayDialect);
    expect(key?.lastUsed).toBe(ram.world.clock.now());
    expect(used()).toEqual({ AccessKeyLastUsed: { LastUsedDate: '2026-11-23T10:00:00Z' } });
    expect(ram.refusal('GetAccessKeyLastUsed', { UserName: 'Alice_1', UserAccessKeyId: 'x' })).toBe(
      '404 EntityNotExist.User.AccessKey',
    );
  });

  it('show their secret once', () => {
    const ram = withUser();
    const created = ram.call('CreateAccessKey', { UserName: 'alice_1' });
    expect(idOf(created)).toMatch(/^LTAI[A-Za-z0-9]{20}$/);
    expect(secretOf(created)).toMatch(/^[A-Za-z0-9]{30}$/);
    const listed = ram.call('ListAccessKeys', { UserName: 'Alice_1' });
    expect(listAt(listed, 'AccessKeys', 'AccessKey')).toEqual([
      { AccessKeyId: idOf(created), Status: 'Active', CreateDate: '2026-11-23T10:00:00Z' },
    ]);
    expect(JSON.stringify(listed)).not.toContain(secretOf(created));
    expect(ram.state.accessKey(idOf(created))).toMatchObject({
      secret: secretOf(created),
      userName: 'Alice_1',
      userId: ram.state.findUser('alice_1')?.id,
      active: true,
    });
  });

  it('are two per user', () => {
    const ram = withUser();
    ram.call('CreateUser', { UserName: 'bob' });
    ram.call('CreateAccessKey', { UserName: 'Alice_1' });
    ram.call('CreateAccessKey', { UserName: 'Alice_1' });
    expect(ram.refusal('CreateAccessKey', { UserName: 'Alice_1' })).toBe('409 LimitExceeded.User.AccessKey');
    expect(ram.refusal('CreateAccessKey', { UserName: 'bob' })).toBe('accepted');
  });

  it('are switched off and on', () => {
    const ram = withUser();
    const UserAccessKeyId = idOf(ram.call('CreateAccessKey', { UserName: 'Alice_1' }));
    const set = (Status: string) =>
      ram.refusal('UpdateAccessKey', { UserName: 'Alice_1', UserAccessKeyId, Status });
    expect(set('Inactive')).toBe('accepted');
    expect(ram.state.accessKey(UserAccessKeyId)?.active).toBe(false);
    expect(listAt(ram.call('ListAccessKeys', { UserName: 'Alice_1' }), 'AccessKeys', 'AccessKey')).toEqual([
      { AccessKeyId: UserAccessKeyId, Status: 'Inactive', CreateDate: '2026-11-23T10:00:00Z' },
    ]);
    expect(set('Active')).toBe('accepted');
    expect(ram.state.accessKey(UserAccessKeyId)?.active).toBe(true);
    expect(set('On')).toBe('400 InvalidParameter.Status');
  });

  it('belong to one user: another cannot change or delete them', () => {
    const ram = withUser();
    ram.call('CreateUser', { UserName: 'bob' });
    const of = {
      UserName: 'bob',
      UserAccessKeyId: idOf(ram.call('CreateAccessKey', { UserName: 'Alice_1' })),
    };
    const missing = '404 EntityNotExist.User.AccessKey';
    expect(ram.refusal('DeleteAccessKey', of)).toBe(missing);
    expect(ram.refusal('UpdateAccessKey', { ...of, Status: 'Inactive' })).toBe(missing);
    expect(ram.state.accessKey(of.UserAccessKeyId)?.active).toBe(true);
  });

  it('are the caller’s own when no user is named', () => {
    const ram = ramOf(OWNER, { type: 'user', userName: 'self', userId: 'later' });
    ram.call('CreateUser', { UserName: 'self' });
    const id = idOf(ram.call('CreateAccessKey'));
    expect(ram.state.accessKey(id)?.userName).toBe('self');
    expect(listAt(ram.call('ListAccessKeys'), 'AccessKeys', 'AccessKey')).toHaveLength(1);
    ram.call('DeleteAccessKey', { UserAccessKeyId: id });
    expect(ram.state.accessKey(id)).toBeUndefined();
  });

  it('need a user to be named where a role calls', () => {
    const ram = ramOf(OWNER, {
      type: 'role',
      roleName: 'r',
      roleId: '1',
      sessionName: 's',
      sessionPolicy: null,
    });
    expect(ram.refusal('CreateAccessKey')).toBe('404 EntityNotExist.User');
    expect(ram.refusal('ListAccessKeys', { UserName: 'nobody' })).toBe('404 EntityNotExist.User');
  });
});
