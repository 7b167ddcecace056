import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldBy } from '../../../../local/cloud/ram/held.ts';
import { at, dmsTrust, listAt, permission, type Ram, ramOf, redis } from './ram.ts';

/** Role `r`, user `u`, group `g`, policies `p` and `q`. */
function furnished(): Ram {
  const ram = ramOf();
  ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust, Description: 'a role' });
  ram.call('CreateUser', { UserName: 'u', DisplayName: 'User' });
  ram.call('CreateGroup', { GroupName: 'g', Comments: 'a group' });
  ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: redis });
  ram.call('CreatePolicy', { PolicyName: 'q', PolicyDocument: permission('drds:*') });
  return ram;
}

describe.each([
  {
    kind: 'Role',
    name: 'r',
    holder: { RoleName: 'r' },
    nobody: { RoleName: 'nobody' },
    from: 'FromRole',
    to: 'ToRole',
  },
  {
    kind: 'User',
    name: 'u',
    holder: { UserName: 'u' },
    nobody: { UserName: 'nobody' },
    from: 'FromUser',
    to: 'ToUser',
  },
  {
    kind: 'Group',
    name: 'g',
    holder: { GroupName: 'g' },
    nobody: { GroupName: 'nobody' },
    from: 'FromGroup',
    to: 'ToGroup',
  },
])('policies of a $kind', ({ kind, holder, nobody, from, to }) => {
  const attach = `AttachPolicy${to}`;
  const detach = `DetachPolicy${from}`;
  const custom = { PolicyName: 'p', PolicyType: 'Custom' };

  it('are listed in the order of attaching, with their type and the version in effect', () => {
    const ram = furnished();
    ram.call(attach, { ...holder, PolicyName: 'AliyunSTSAssumeRoleAccess', PolicyType: 'System' });
    ram.advance(5000);
    expect(ram.call(attach, { ...holder, ...custom })).toEqual({});
    const list = listAt(ram.call(`ListPoliciesFor${kind}`, holder), 'Policies', 'Policy');
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({ PolicyName: 'AliyunSTSAssumeRoleAccess', PolicyType: 'System' });
    expect(list[1]).toEqual({
      PolicyName: 'p',
      PolicyType: 'Custom',
      Description: '',
      DefaultVersion: 'v1',
      AttachDate: '2026-11-23T10:00:05Z',
    });
  });

  it('are attached once, whatever the case of the names', () => {
    const ram = furnished();
    ram.call(attach, { ...holder, ...custom });
    expect(ram.refusal(attach, { ...holder, ...custom, PolicyName: 'P' })).toBe(
      `409 EntityAlreadyExists.${kind}.Policy`,
    );
    expect(listAt(ram.call(`ListPoliciesFor${kind}`, holder), 'Policies', 'Policy')).toHaveLength(1);
  });

  it('are of a type: one of the account may bear the name of one of the vendor', () => {
    const ram = furnished();
    ram.call('CreatePolicy', { PolicyName: 'ReadOnlyAccess', PolicyDocument: redis });
    const named = { ...holder, PolicyName: 'ReadOnlyAccess' };
    ram.call(attach, { ...named, PolicyType: 'System' });
    expect(ram.refusal(detach, { ...named, PolicyType: 'Custom' })).toBe(`404 EntityNotExist.${kind}.Policy`);
    expect(ram.refusal(attach, { ...named, PolicyType: 'Custom' })).toBe('accepted');
    const list = listAt(ram.call(`ListPoliciesFor${kind}`, holder), 'Policies', 'Policy');
    expect(list.map((p) => at(p, 'PolicyType'))).toEqual(['System', 'Custom']);
  });

  it('are gone when detached, and cannot be detached twice', () => {
    const ram = furnished();
    ram.call(attach, { ...holder, ...custom });
    ram.call(attach, { ...holder, PolicyName: 'q', PolicyType: 'Custom' });
    expect(ram.call(detach, { ...holder, ...custom })).toEqual({});
    expect(ram.refusal(detach, { ...holder, ...custom })).toBe(`404 EntityNotExist.${kind}.Policy`);
    const list = listAt(ram.call(`ListPoliciesFor${kind}`, holder), 'Policies', 'Policy');
    expect(list.map((p) => at(p, 'PolicyName'))).toEqual(['q']);
  });

  it('must exist, and so must who gets them', () => {
    const ram = furnished();
    const missing = '404 EntityNotExist.Policy';
    expect(ram.refusal(attach, { ...holder, ...custom, PolicyName: 'x' })).toBe(missing);
    expect(ram.refusal(attach, { ...holder, ...custom, PolicyType: 'System' })).toBe(missing);
    expect(ram.refusal(detach, { ...holder, ...custom, PolicyName: 'x' })).toBe(missing);
    expect(ram.refusal(attach, { ...nobody, ...custom })).toBe(`404 EntityNotExist.${kind}`);
    expect(ram.refusal(detach, { ...nobody, ...custom })).toBe(`404 EntityNotExist.${kind}`);
    expect(ram.refusal(`ListPoliciesFor${kind}`, nobody)).toBe(`404 EntityNotExist.${kind}`);
    expect(ram.refusal(attach, { ...holder, ...custom, PolicyType: 'custom' })).toBe(
      '400 InvalidParameter.PolicyType',
    );
    expect(ram.state.attachmentCount(ram.state.policies.get('p') ?? fail())).toBe(0);
  });

  it('are ten custom and twenty system policies at most, counted apart', () => {
    const ram = furnished();
    for (let i = 0; i < 9; i += 1) {
      ram.call('CreatePolicy', { PolicyName: `c${i}`, PolicyDocument: redis });
      ram.call(attach, { ...holder, PolicyName: `c${i}`, PolicyType: 'Custom' });
    }
    expect(ram.refusal(attach, { ...holder, ...custom })).toBe('accepted');
    expect(ram.refusal(attach, { ...holder, ...custom, PolicyName: 'q' })).toBe(
      `409 LimitExceeded.${kind}.Policy`,
    );
    const system = (PolicyName: string) =>
      ram.refusal(attach, { ...holder, PolicyName, PolicyType: 'System' });
    ram.state.limits.systemPoliciesPerRole = 1;
    ram.state.limits.systemPoliciesPerUser = 1;
    ram.state.limits.systemPoliciesPerGroup = 1;
    expect(system('ReadOnlyAccess')).toBe('accepted');
    expect(system('AdministratorAccess')).toBe(`409 LimitExceeded.${kind}.Policy`);
  });
});

function fail(): never {
  throw new Error('not there');
}

describe('ListEntitiesForPolicy', () => {
  it('names the roles, users and groups that have the policy', () => {
    const ram = furnished();
    const of = { PolicyName: 'p', PolicyType: 'Custom' };
    ram.advance(5000);
    ram.call('AttachPolicyToRole', { ...of, RoleName: 'r' });
    ram.call('AttachPolicyToUser', { ...of, UserName: 'u' });
    ram.call('AttachPolicyToGroup', { ...of, GroupName: 'g' });
    const role = ram.state.findRole('r') ?? fail();
    const user = ram.state.findUser('u') ?? fail();
    const AttachDate = '2026-11-23T10:00:05Z';
    expect(ram.call('ListEntitiesForPolicy', of)).toEqual({
      Groups: { Group: [{ AttachDate, Comments: 'a group', GroupName: 'g' }] },
      Roles: { Role: [{ Arn: role.arn, AttachDate, Description: 'a role', RoleId: role.id, RoleName: 'r' }] },
      Users: { User: [{ AttachDate, DisplayName: 'User', UserId: user.id, UserName: 'u' }] },
    });
    expect(ram.call('ListEntitiesForPolicy', { ...of, PolicyName: 'q' })).toEqual({
      Groups: { Group: [] },
      Roles: { Role: [] },
      Users: { User: [] },
    });
  });

  it('knows no policy that does not exist', () => {
    expect(furnished().refusal('ListEntitiesForPolicy', { PolicyName: 'x', PolicyType: 'Custom' })).toBe(
      '404 EntityNotExist.Policy',
    );
  });
});

describe('what a principal holds', () => {
  const actions = (ram: Ram, roleId: string) =>
    heldBy(ram.state, { type: 'role', roleName: 'R', roleId, sessionName: 's', sessionPolicy: null }).flatMap(
      ({ version }) => version.parsed.Statement.map((s) => s.Action),
    );

  it('say what they are attached to', () => {
    const ram = furnished();
    const p = { PolicyName: 'p', PolicyType: 'Custom' };
    const user = { type: 'user', userName: 'u', userId: ram.state.findUser('u')?.id ?? '' } as const;
    const by = () => heldBy(ram.state, user).map((held) => held.by);
    ram.call('AttachPolicyToUser', { ...p, UserName: 'u' });
    ram.call('AttachPolicyToRole', { ...p, RoleName: 'r' });
    ram.call('AttachPolicyToGroup', { ...p, GroupName: 'g' });
    expect(by()).toEqual(['RamUser']);
    ram.call('AddUserToGroup', { UserName: 'u', GroupName: 'g' });
    expect(by()).toEqual(['RamUser', 'RamGroup']);
    ram.state.groups.clear();
    expect(by()).toEqual(['RamUser']);
    const roleId = ram.state.findRole('r')?.id ?? '';
    const role = { type: 'role', roleName: 'r', roleId, sessionName: 's', sessionPolicy: null } as const;
    expect(heldBy(ram.state, role).map((held) => held.by)).toEqual(['RamRole']);
  });

  it('are the versions in effect, system policies included', () => {
    const ram = furnished();
    const id = ram.state.findRole('r')?.id ?? '';
    expect(actions(ram, id)).toEqual([]);
    ram.call('AttachPolicyToRole', { RoleName: 'r', PolicyName: 'p', PolicyType: 'Custom' });
    ram.call('AttachPolicyToRole', {
      RoleName: 'r',
      PolicyName: 'AliyunMNSFullAccess',
      PolicyType: 'System',
    });
    expect(actions(ram, id)).toEqual([['kvstore:Describe*'], 'mns:*']);
    ram.call('CreatePolicyVersion', { PolicyName: 'p', PolicyDocument: permission('a:B') });
    expect(actions(ram, id)).toEqual([['kvstore:Describe*'], 'mns:*']);
    ram.call('SetDefaultPolicyVersion', { PolicyName: 'p', VersionId: 'v2' });
    expect(actions(ram, id)).toEqual([['a:B'], 'mns:*']);
  });

  it('gives a session of a deleted role nothing of the next role of that name', () => {
    const ram = furnished();
    const id = ram.state.findRole('r')?.id ?? '';
    ram.call('DeleteRole', { RoleName: 'r' });
    expect(actions(ram, id)).toEqual([]);
    ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
    ram.call('AttachPolicyToRole', { RoleName: 'r', PolicyName: 'p', PolicyType: 'Custom' });
    expect(actions(ram, id)).toEqual([]);
    expect(actions(ram, ram.state.findRole('r')?.id ?? '')).toEqual([['kvstore:Describe*']]);
  });
});

it('whatever is attached and detached, every view of it agrees', () => {
  const roles = ['r1', 'r2', 'r3'];
  const policies = ['p1', 'p2', 'p3'];
  const step = fc.record({
    verb: fc.constantFrom(
      'AttachPolicyToRole',
      'DetachPolicyFromRole',
      'DeletePolicy',
      'DeleteRole',
      'CreatePolicy',
    ),
    role: fc.constantFrom(...roles),
    policy: fc.constantFrom(...policies),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ram = ramOf();
      ram.state.limits.customPoliciesPerRole = 2;
      for (const RoleName of roles) ram.call('CreateRole', { RoleName, AssumeRolePolicyDocument: dmsTrust });
      for (const PolicyName of policies) ram.call('CreatePolicy', { PolicyName, PolicyDocument: redis });
      for (const { verb, role, policy } of steps) {
        const of = { RoleName: role, PolicyName: policy, PolicyType: 'Custom', PolicyDocument: redis };
        ram.refusal(verb, of);
      }
      const held = new Map<string, number>();
      for (const role of ram.state.roles.values()) {
        const list = listAt(ram.call('ListPoliciesForRole', { RoleName: role.name }), 'Policies', 'Policy');
        expect(list).toHaveLength(role.attachments.length);
        expect(list.length).toBeLessThanOrEqual(2);
        for (const entry of list) {
          const name = String(at(entry, 'PolicyName'));
          held.set(name, (held.get(name) ?? 0) + 1);
        }
      }
      for (const entry of listAt(ram.call('ListPolicies', { PolicyType: 'Custom' }), 'Policies', 'Policy')) {
        const of = { PolicyName: String(at(entry, 'PolicyName')), PolicyType: 'Custom' };
        const count = held.get(of.PolicyName) ?? 0;
        expect(at(entry, 'AttachmentCount')).toBe(count);
        expect(at(ram.call('GetPolicy', of), 'Policy', 'AttachmentCount')).toBe(count);
        expect(listAt(ram.call('ListEntitiesForPolicy', of), 'Roles', 'Role')).toHaveLength(count);
        held.delete(of.PolicyName);
      }
      expect(held.size).toBe(0);
    }),
    { numRuns: 50 },
  );
});
