import { describe, expect, it } from 'vitest';
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
      DisplayName: 'Alice_1',
      Comments: 'c',
      CreateDate: '2026-11-23T10:00:00Z',
      UpdateDate: '2026-11-23T10:00:00Z',
    };
    expect(ram.call('GetUser', { UserName: 'alice_1' })).toEqual({ User: user });
    expect(ram.call('ListUsers')).toEqual({ Users: { User: [user] }, IsTruncated: false });
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

describe('access keys', () => {
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
