import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { at, dmsTrust, listAt, ramOf, redis, trust } from './ram.ts';

const role = { RoleName: 'Dms-Role.1', AssumeRolePolicyDocument: dmsTrust };

describe('CreateRole', () => {
  it('creates a role whose ARN is in lower case, and answers its trust document', () => {
    const ram = ramOf();
    const answer = ram.call('CreateRole', { ...role, Description: 'for DMS', MaxSessionDuration: '7200' });
    expect(answer).toEqual({
      Role: {
        Arn: `acs:ram::${OWNER}:role/dms-role.1`,
        AssumeRolePolicyDocument: dmsTrust,
        CreateDate: '2026-11-23T10:00:00Z',
        Description: 'for DMS',
        MaxSessionDuration: 7200,
        RoleId: expect.stringMatching(/^3\d{17}$/),
        RoleName: 'Dms-Role.1',
      },
    });
    expect(ram.state.findRole('DMS-ROLE.1')?.maxSessionDuration).toBe(7200);
  });

  it('defaults to an hour, no description and no tags', () => {
    const ram = ramOf();
    ram.call('CreateRole', role);
    expect(ram.state.findRole('dms-role.1')).toMatchObject({
      maxSessionDuration: 3600,
      description: '',
      tags: new Map(),
      attachments: [],
    });
  });

  it('stores tags from JSON text and from numbered parameters alike', () => {
    const ram = ramOf();
    ram.call('CreateRole', { ...role, Tag: '[{"Key":"a","Value":"1"},{"Key":"b"}]' });
    ram.call('CreateRole', {
      ...role,
      RoleName: 'other',
      'Tag.2.Key': 'b',
      'Tag.1.Key': 'a',
      'Tag.1.Value': '1',
    });
    const tags = new Map([
      ['a', '1'],
      ['b', ''],
    ]);
    expect(ram.state.findRole(role.RoleName)?.tags).toEqual(tags);
    expect(ram.state.findRole('other')?.tags).toEqual(tags);
  });

  it('refuses a name that exists in any case, and leaves the role as it was', () => {
    const ram = ramOf();
    ram.call('CreateRole', role);
    const again = { RoleName: 'DMS-role.1', AssumeRolePolicyDocument: trust({ Service: 'fc.aliyuncs.com' }) };
    expect(ram.refusal('CreateRole', again)).toBe('409 EntityAlreadyExists.Role');
    expect(ram.state.findRole('dms-role.1')?.trust).toBe(dmsTrust);
    expect(ram.state.roles.size).toBe(1);
  });

  it('refuses a role beyond the limit of the account', () => {
    const ram = ramOf();
    ram.state.limits.roles = 1;
    ram.call('CreateRole', role);
    expect(ram.refusal('CreateRole', { ...role, RoleName: 'two' })).toBe('409 LimitExceeded.Role');
    ram.call('DeleteRole', { RoleName: role.RoleName });
    expect(ram.refusal('CreateRole', { ...role, RoleName: 'two' })).toBe('accepted');
  });

  it.each([
    ['RoleName', '', 'MissingParameter'],
    ['RoleName', 'a'.repeat(65), 'InvalidParameter.RoleName.Length'],
    ['RoleName', 'under_score', 'InvalidParameter.RoleName.InvalidChars'],
    ['Description', 'a'.repeat(1025), 'InvalidParameter.Description.Length'],
    ['MaxSessionDuration', '3599', 'InvalidParameter.MaxSessionDuration'],
    ['MaxSessionDuration', '43201', 'InvalidParameter.MaxSessionDuration'],
    ['MaxSessionDuration', '1h', 'InvalidParameter.MaxSessionDuration'],
    ['AssumeRolePolicyDocument', '', 'InvalidParameter.AssumeRolePolicyDocument.Length'],
    ['AssumeRolePolicyDocument', 'no JSON', 'MalformedPolicyDocument'],
    ['Tag', 'no JSON', 'InvalidParameter.Tag'],
    ['Tag', '[{"Key":"a"},{"Key":"a"}]', 'InvalidParameter.Tag'],
    ['Tag', '[{"Key":"acs:owner"}]', 'InvalidParameter.Tag'],
    ['Tag', `[{"Key":"${'k'.repeat(129)}"}]`, 'InvalidParameter.Tag'],
    ['Tag', `[{"Key":"k","Value":"${'v'.repeat(257)}"}]`, 'InvalidParameter.Tag'],
    ['Tag', JSON.stringify(Array.from({ length: 21 }, (_, i) => ({ Key: `k${i}` }))), 'InvalidParameter.Tag'],
  ])('refuses %s = %j as %s', (name, value, code) => {
    const ram = ramOf();
    expect(ram.refusal('CreateRole', { ...role, [name]: value })).toBe(`400 ${code}`);
    expect(ram.state.roles.size).toBe(0);
  });

  it.each(['RoleName', 'AssumeRolePolicyDocument'])('needs %s', (name) => {
    const given = Object.fromEntries(Object.entries(role).filter(([key]) => key !== name));
    expect(ramOf().refusal('CreateRole', given)).toBe('400 MissingParameter');
  });

  it('accepts names and values at their limits', () => {
    const ram = ramOf();
    const widest = {
      RoleName: 'a'.repeat(64),
      AssumeRolePolicyDocument: dmsTrust,
      Description: 'd'.repeat(1024),
      MaxSessionDuration: '43200',
      Tag: JSON.stringify([{ Key: 'k'.repeat(128), Value: 'v'.repeat(256) }]),
    };
    expect(ram.refusal('CreateRole', widest)).toBe('accepted');
  });
});

describe('GetRole', () => {
  it('answers the trust document and no tags, by the name in any case', () => {
    const ram = ramOf();
    ram.call('CreateRole', { ...role, Tag: '[{"Key":"a","Value":"1"}]' });
    const answer = ram.call('GetRole', { RoleName: 'dMS-rOLE.1' });
    expect(at(answer, 'Role', 'AssumeRolePolicyDocument')).toBe(dmsTrust);
    expect(at(answer, 'Role', 'UpdateDate')).toBe('2026-11-23T10:00:00Z');
    expect(answer['Role']).not.toHaveProperty('Tags');
  });

  it('knows no role of another account', () => {
    const ram = ramOf();
    ram.world.addAccount('1000000000000009');
    expect(ram.refusal('GetRole', { RoleName: 'nobody' })).toBe('404 EntityNotExist.Role');
  });
});

describe('UpdateRole', () => {
  it('changes what is given and keeps the rest', () => {
    const ram = ramOf();
    ram.call('CreateRole', { ...role, Description: 'first' });
    ram.advance(60_000);
    const next = trust({ RAM: `acs:ram::${OWNER}:root` });
    const answer = ram.call('UpdateRole', { RoleName: 'dms-role.1', NewAssumeRolePolicyDocument: next });
    expect(answer['Role']).toMatchObject({
      AssumeRolePolicyDocument: next,
      Description: 'first',
      MaxSessionDuration: 3600,
      CreateDate: '2026-11-23T10:00:00Z',
      UpdateDate: '2026-11-23T10:01:00Z',
    });
    ram.call('UpdateRole', {
      RoleName: 'dms-role.1',
      NewDescription: 'second',
      NewMaxSessionDuration: '3601',
    });
    expect(ram.state.findRole('dms-role.1')).toMatchObject({
      trust: next,
      description: 'second',
      maxSessionDuration: 3601,
    });
  });

  it('refuses a malformed document and leaves the role as it was', () => {
    const ram = ramOf();
    ram.call('CreateRole', role);
    const bad = { RoleName: 'dms-role.1', NewDescription: 'x', NewAssumeRolePolicyDocument: '{}' };
    expect(ram.refusal('UpdateRole', bad)).toBe('400 MalformedPolicyDocument');
    expect(ram.state.findRole('dms-role.1')).toMatchObject({ trust: dmsTrust, description: '' });
  });

  it('knows no role that does not exist', () => {
    expect(ramOf().refusal('UpdateRole', { RoleName: 'x' })).toBe('404 EntityNotExist.Role');
  });
});

describe('ListRoles', () => {
  it('answers tags and no trust documents, in the order of the names', () => {
    const ram = ramOf();
    ram.call('CreateRole', {
      ...role,
      RoleName: 'b',
      Tag: '[{"Key":"k2","Value":"2"},{"Key":"k1","Value":"1"}]',
    });
    ram.call('CreateRole', { ...role, RoleName: 'A' });
    const answer = ram.call('ListRoles');
    expect(answer['IsTruncated']).toBe(false);
    expect(answer).not.toHaveProperty('Marker');
    expect(listAt(answer, 'Roles', 'Role').map((r) => at(r, 'RoleName'))).toEqual(['A', 'b']);
    expect(at(answer, 'Roles', 'Role', 1, 'Tags', 'Tag')).toEqual([
      { TagKey: 'k1', TagValue: '1' },
      { TagKey: 'k2', TagValue: '2' },
    ]);
    expect(at(answer, 'Roles', 'Role', 1)).not.toHaveProperty('AssumeRolePolicyDocument');
  });

  it('is 100 roles long unless told otherwise', () => {
    const ram = ramOf();
    for (let i = 0; i < 101; i += 1) ram.call('CreateRole', { ...role, RoleName: `r${i}` });
    expect(listAt(ram.call('ListRoles'), 'Roles', 'Role')).toHaveLength(100);
    expect(listAt(ram.call('ListRoles', { MaxItems: '1000' }), 'Roles', 'Role')).toHaveLength(101);
  });

  it('finds roles by tags: all of them, and by key alone', () => {
    const ram = ramOf();
    ram.call('CreateRole', { ...role, RoleName: 'one', Tag: '[{"Key":"a","Value":"1"}]' });
    ram.call('CreateRole', {
      ...role,
      RoleName: 'two',
      Tag: '[{"Key":"a","Value":"2"},{"Key":"b","Value":"x"}]',
    });
    const names = (filter: Record<string, string>) =>
      listAt(ram.call('ListRoles', filter), 'Roles', 'Role').map((r) => at(r, 'RoleName'));
    expect(names({ Tag: '[{"Key":"a"}]' })).toEqual(['one', 'two']);
    expect(names({ Tag: '[{"Key":"a","Value":"2"}]' })).toEqual(['two']);
    expect(names({ 'Tag.1.Key': 'a', 'Tag.2.Key': 'b', 'Tag.2.Value': 'y' })).toEqual([]);
  });

  it.each(['0', '1001', '-1', 'x'])('refuses MaxItems = %s', (MaxItems) => {
    expect(ramOf().refusal('ListRoles', { MaxItems })).toBe('400 InvalidParameter.MaxItems');
  });

  it('refuses a marker that it never gave', () => {
    expect(ramOf().refusal('ListRoles', { Marker: 'EXAMPLE' })).toBe('400 InvalidParameter.Marker');
  });
});

describe('DeleteRole', () => {
  it('deletes a role, and a new one of that name is another role', () => {
    const ram = ramOf();
    ram.call('CreateRole', role);
    const first = ram.state.findRole('dms-role.1')?.id;
    expect(ram.call('DeleteRole', { RoleName: 'DMS-ROLE.1' })).toEqual({});
    expect(ram.refusal('GetRole', { RoleName: 'dms-role.1' })).toBe('404 EntityNotExist.Role');
    ram.call('CreateRole', role);
    expect(ram.state.findRole('dms-role.1')?.id).not.toBe(first);
  });

  it('refuses while a policy is attached', () => {
    const ram = ramOf();
    ram.call('CreateRole', role);
    ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: redis });
    const attachment = { RoleName: 'dms-role.1', PolicyName: 'p', PolicyType: 'Custom' };
    ram.call('AttachPolicyToRole', attachment);
    expect(ram.refusal('DeleteRole', { RoleName: 'dms-role.1' })).toBe('409 DeleteConflict.Role.Policy');
    expect(ram.state.findRole('dms-role.1')).toBeDefined();
    ram.call('DetachPolicyFromRole', attachment);
    expect(ram.refusal('DeleteRole', { RoleName: 'dms-role.1' })).toBe('accepted');
  });

  it('knows no role that does not exist', () => {
    expect(ramOf().refusal('DeleteRole', { RoleName: 'x' })).toBe('404 EntityNotExist.Role');
  });
});
