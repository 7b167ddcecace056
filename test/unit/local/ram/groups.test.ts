import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../../local/cloud/evaluate/index.ts';
import { at, listAt, permission, type Ram, ramOf } from './ram.ts';

const of = { UserName: 'u', GroupName: 'Team' };

/** Users `u` and `v`, group `Team` with the policy `p`, which allows to invoke functions. */
function withGroup(): Ram {
  const ram = ramOf();
  ram.call('CreateUser', { UserName: 'u', DisplayName: 'User' });
  ram.call('CreateUser', { UserName: 'v' });
  ram.call('CreateGroup', { GroupName: 'Team', Comments: 'c' });
  ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: permission('fc:InvokeFunction') });
  ram.call('AttachPolicyToGroup', { GroupName: 'Team', PolicyName: 'p', PolicyType: 'Custom' });
  return ram;
}

function mayInvoke({ world, account, state }: Ram, userName: string): boolean {
  const userId = state.findUser(userName)?.id ?? '';
  const principal = { type: 'user', userName, userId } as const;
  const right = { action: 'fc:InvokeFunction', resource: 'acs:fc:*:*:functions/f' };
  return isAllowed(world, { accountId: account.uid, accessKeyId: 'x', principal }, right).allowed;
}

describe('groups', () => {
  it('are created, got, listed and changed', () => {
    const ram = withGroup();
    const group = {
      GroupId: expect.stringMatching(/^g-[0-9a-f]{16}$/),
      GroupName: 'Team',
      Comments: 'c',
      CreateDate: '2026-11-23T10:00:00Z',
      UpdateDate: '2026-11-23T10:00:00Z',
    };
    expect(ram.call('GetGroup', { GroupName: 'team' })).toEqual({ Group: group });
    expect(ram.call('ListGroups')).toEqual({ Groups: { Group: [group] }, IsTruncated: false });
    ram.advance(5000);
    const changed = { ...group, GroupName: 'Crew', Comments: '', UpdateDate: '2026-11-23T10:00:05Z' };
    const input = { GroupName: 'Team', NewGroupName: 'Crew', NewComments: '' };
    expect(ram.call('UpdateGroup', input)).toEqual({ Group: changed });
    expect(ram.call('GetGroup', { GroupName: 'crew' })).toEqual({ Group: changed });
    expect(ram.refusal('GetGroup', { GroupName: 'Team' })).toBe('404 EntityNotExist.Group');
    expect(ram.call('UpdateGroup', { GroupName: 'Crew', NewComments: 'd' })).toEqual({
      Group: { ...changed, Comments: 'd' },
    });
    const { UpdateDate, ...created } = { ...changed, GroupName: 'other', CreateDate: changed.UpdateDate };
    expect(ram.call('CreateGroup', { GroupName: 'other' })).toEqual({ Group: created });
  });

  it('have unique names, and are limited in number', () => {
    const ram = withGroup();
    expect(ram.refusal('CreateGroup', { GroupName: 'TEAM' })).toBe('409 EntityAlreadyExists.Group');
    ram.call('CreateGroup', { GroupName: 'other' });
    expect(ram.refusal('UpdateGroup', { GroupName: 'other', NewGroupName: 'team' })).toBe(
      '409 EntityAlreadyExists.Group',
    );
    expect(ram.refusal('UpdateGroup', { GroupName: 'Team', NewGroupName: 'TEAM' })).toBe('accepted');
    ram.state.limits.groups = 2;
    expect(ram.refusal('CreateGroup', { GroupName: 'third' })).toBe('409 LimitExceeded.Group');
    expect(ram.refusal('CreateGroup', { GroupName: 'a_b' })).toBe(
      '400 InvalidParameter.GroupName.InvalidChars',
    );
  });

  it('are deleted when they have neither users nor policies', () => {
    const ram = withGroup();
    ram.call('AddUserToGroup', of);
    const remove = () => ram.refusal('DeleteGroup', { GroupName: 'Team' });
    expect(remove()).toBe('409 DeleteConflict.Group.User');
    expect(ram.refusal('DeleteUser', { UserName: 'u' })).toBe('409 DeleteConflict.User.Group');
    ram.call('RemoveUserFromGroup', of);
    expect(remove()).toBe('409 DeleteConflict.Group.Policy');
    expect(ram.refusal('DeletePolicy', { PolicyName: 'p' })).toBe('409 DeleteConflict.Policy.Group');
    ram.call('DetachPolicyFromGroup', { GroupName: 'Team', PolicyName: 'p', PolicyType: 'Custom' });
    expect(remove()).toBe('accepted');
    expect(remove()).toBe('404 EntityNotExist.Group');
  });
});

describe('members', () => {
  it('are listed by name with the time of joining, from both sides', () => {
    const ram = withGroup();
    ram.call('AddUserToGroup', { ...of, UserName: 'v' });
    ram.advance(5000);
    ram.call('AddUserToGroup', of);
    const first = ram.call('ListUsersForGroup', { GroupName: 'team', MaxItems: '1' });
    expect(listAt(first, 'Users', 'User')).toEqual([
      { UserName: 'u', DisplayName: 'User', JoinDate: '2026-11-23T10:00:05Z' },
    ]);
    const Marker = String(at(first, 'Marker'));
    expect(ram.call('ListUsersForGroup', { GroupName: 'team', Marker })).toEqual({
      Users: { User: [{ UserName: 'v', DisplayName: '', JoinDate: '2026-11-23T10:00:00Z' }] },
      IsTruncated: false,
    });
    expect(listAt(ram.call('ListGroupsForUser', { UserName: 'u' }), 'Groups', 'Group')).toEqual([
      { GroupId: expect.any(String), GroupName: 'Team', Comments: 'c', JoinDate: '2026-11-23T10:00:05Z' },
    ]);
  });

  it('are in a group once, and in ten groups at most', () => {
    const ram = withGroup();
    ram.call('AddUserToGroup', of);
    expect(ram.refusal('AddUserToGroup', of)).toBe('409 EntityAlreadyExists.User.Group');
    expect(ram.refusal('AddUserToGroup', { ...of, UserName: 'x' })).toBe('404 EntityNotExist.User');
    expect(ram.refusal('AddUserToGroup', { ...of, GroupName: 'x' })).toBe('404 EntityNotExist.Group');
    expect(ram.refusal('RemoveUserFromGroup', { ...of, UserName: 'v' })).toBe(
      '404 EntityNotExist.User.Group',
    );
    ram.state.limits.groupsPerUser = 1;
    ram.call('CreateGroup', { GroupName: 'other' });
    expect(ram.refusal('AddUserToGroup', { ...of, GroupName: 'other' })).toBe('409 LimitExceeded.User.Group');
  });

  it('may do what the policies of the group allow, as long as they are in it', () => {
    const ram = withGroup();
    expect(mayInvoke(ram, 'u')).toBe(false);
    ram.call('AddUserToGroup', of);
    expect([mayInvoke(ram, 'u'), mayInvoke(ram, 'v')]).toEqual([true, false]);
    const deny = JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Deny', Action: 'fc:*', Resource: '*' }],
    });
    ram.call('CreatePolicy', { PolicyName: 'never', PolicyDocument: deny });
    ram.call('AttachPolicyToUser', { UserName: 'u', PolicyName: 'never', PolicyType: 'Custom' });
    expect(mayInvoke(ram, 'u')).toBe(false);
    ram.call('DetachPolicyFromUser', { UserName: 'u', PolicyName: 'never', PolicyType: 'Custom' });
    expect(mayInvoke(ram, 'u')).toBe(true);
    ram.call('RemoveUserFromGroup', of);
    expect(mayInvoke(ram, 'u')).toBe(false);
  });

  it('are not those who have the name of a member that is gone', () => {
    const ram = withGroup();
    ram.call('AddUserToGroup', of);
    ram.state.users.delete('u');
    ram.call('CreateUser', { UserName: 'u' });
    expect(mayInvoke(ram, 'u')).toBe(false);
    expect(listAt(ram.call('ListUsersForGroup', { GroupName: 'Team' }), 'Users', 'User')).toEqual([]);
  });
});

describe('what a user had', () => {
  const may = ({ world, account }: Ram, userId: string): boolean => {
    const principal = { type: 'user', userName: 'u', userId } as const;
    const right = { action: 'fc:InvokeFunction', resource: 'acs:fc:*:*:functions/f' };
    return isAllowed(world, { accountId: account.uid, accessKeyId: 'x', principal }, right).allowed;
  };

  it('is gone with it, and is not given to who had the name before', () => {
    const ram = withGroup();
    const first = ram.state.findUser('u')?.id ?? '';
    ram.state.users.delete('u');
    expect(may(ram, first)).toBe(false);
    ram.call('CreateUser', { UserName: 'u' });
    ram.call('AttachPolicyToUser', { UserName: 'u', PolicyName: 'p', PolicyType: 'Custom' });
    expect([may(ram, first), may(ram, ram.state.findUser('u')?.id ?? '')]).toEqual([false, true]);
  });
});
