import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultVersion } from '../../../../local/cloud/ram/answers.ts';
import { at, dmsTrust, listAt, permission, type Ram, ramOf, redis } from './ram.ts';

const policy = { PolicyName: 'Dms-1', PolicyDocument: redis };
const rotate = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';

/** An account with one policy `Dms-1` at `v1`. */
function withPolicy(): Ram {
  const ram = ramOf();
  ram.call('CreatePolicy', policy);
  return ram;
}

function addVersion(ram: Ram, options: Record<string, string> = {}): string {
  return ram.refusal('CreatePolicyVersion', { ...policy, ...options });
}

/** `v1 v2* v3`: the star is the default. */
function versions(ram: Ram): string {
  const list = ram.state.findPolicy('Custom', 'Dms-1')?.versions ?? [];
  return list.map((v) => v.id + (v.isDefault ? '*' : '')).join(' ');
}

describe('CreatePolicy', () => {
  it('creates a policy with its first version in effect', () => {
    const ram = ramOf();
    expect(
      ram.call('CreatePolicy', { ...policy, Description: 'd', Tag: '[{"Key":"k","Value":"v"}]' }),
    ).toEqual({
      Policy: {
        PolicyName: 'Dms-1',
        PolicyType: 'Custom',
        Description: 'd',
        DefaultVersion: 'v1',
        CreateDate: '2026-11-23T10:00:00Z',
      },
    });
    expect(ram.state.findPolicy('Custom', 'dms-1')?.tags).toEqual(new Map([['k', 'v']]));
    expect(versions(ram)).toBe('v1*');
  });

  it('refuses a name that exists in any case', () => {
    expect(withPolicy().refusal('CreatePolicy', { ...policy, PolicyName: 'DMS-1' })).toBe(
      '409 EntityAlreadyExists.Policy',
    );
  });

  it('refuses a policy beyond the limit of the account', () => {
    const ram = withPolicy();
    ram.state.limits.policies = 1;
    expect(ram.refusal('CreatePolicy', { ...policy, PolicyName: 'x' })).toBe('409 LimitExceeded.Policy');
  });

  it.each([
    ['PolicyName', 'dot.dot', 'InvalidParameter.PolicyName.InvalidChars'],
    ['PolicyName', 'under_score', 'InvalidParameter.PolicyName.InvalidChars'],
    ['PolicyName', 'a'.repeat(129), 'InvalidParameter.PolicyName.Length'],
    ['PolicyDocument', '{}', 'MalformedPolicyDocument'],
    ['Description', 'd'.repeat(1025), 'InvalidParameter.Description.Length'],
  ])('refuses %s = %j as %s', (name, value, code) => {
    const ram = ramOf();
    expect(ram.refusal('CreatePolicy', { ...policy, [name]: value })).toBe(`400 ${code}`);
    expect(ram.state.policies.size).toBe(0);
  });
});

describe('GetPolicy', () => {
  it('answers the version in effect and how often the policy is attached', () => {
    const ram = withPolicy();
    ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
    ram.call('AttachPolicyToRole', { RoleName: 'r', PolicyName: 'Dms-1', PolicyType: 'Custom' });
    expect(ram.call('GetPolicy', { PolicyName: 'dms-1', PolicyType: 'Custom' })).toEqual({
      Policy: {
        PolicyName: 'Dms-1',
        PolicyType: 'Custom',
        Description: '',
        DefaultVersion: 'v1',
        CreateDate: '2026-11-23T10:00:00Z',
        UpdateDate: '2026-11-23T10:00:00Z',
        AttachmentCount: 1,
      },
      DefaultPolicyVersion: {
        VersionId: 'v1',
        IsDefaultVersion: true,
        CreateDate: '2026-11-23T10:00:00Z',
        PolicyDocument: redis,
      },
    });
  });

  it('knows system policies, which are another type', () => {
    const ram = withPolicy();
    const name = 'AliyunDMSLoginConsoleAccess';
    const document = at(
      ram.call('GetPolicy', { PolicyName: name, PolicyType: 'System' }),
      'DefaultPolicyVersion',
      'PolicyDocument',
    );
    expect(JSON.parse(String(document))).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'dms-console:*', Resource: '*' }],
    });
    const missing = '404 EntityNotExist.Policy';
    expect(ram.refusal('GetPolicy', { PolicyName: name, PolicyType: 'Custom' })).toBe(missing);
    expect(ram.refusal('GetPolicy', { PolicyName: 'Dms-1', PolicyType: 'System' })).toBe(missing);
    expect(ram.refusal('GetPolicy', { PolicyName: 'Dms-1', PolicyType: 'Any' })).toBe(
      '400 InvalidParameter.PolicyType',
    );
  });
});

describe('ListPolicies', () => {
  it('lists one type or both, with tags and without documents', () => {
    const ram = withPolicy();
    ram.call('TagResources', { ResourceType: 'policy', 'ResourceName.1': 'Dms-1', Tag: '[{"Key":"k"}]' });
    const names = (input: Record<string, string>) =>
      listAt(ram.call('ListPolicies', input), 'Policies', 'Policy').map((p) => at(p, 'PolicyName'));
    expect(names({ PolicyType: 'Custom' })).toEqual(['Dms-1']);
    expect(names({ PolicyType: 'System' })).toContain('AliyunSTSAssumeRoleAccess');
    expect(names({ PolicyType: 'System' })).not.toContain('Dms-1');
    expect(names({})).toEqual(expect.arrayContaining(['Dms-1', 'AdministratorAccess']));
    expect(names({ Tag: '[{"Key":"k"}]' })).toEqual(['Dms-1']);
    const first = at(ram.call('ListPolicies', { PolicyType: 'Custom' }), 'Policies', 'Policy', 0);
    expect(first).toMatchObject({ AttachmentCount: 0, Tags: { Tag: [{ TagKey: 'k', TagValue: '' }] } });
    expect(first).not.toHaveProperty('PolicyDocument');
  });

  it('tells a custom policy from a system policy of the same name, also across pages', () => {
    const ram = ramOf();
    ram.call('CreatePolicy', { ...policy, PolicyName: 'AdministratorAccess' });
    const seen: string[] = [];
    for (let Marker = ''; ; ) {
      const answer = ram.call('ListPolicies', { MaxItems: '1', Marker });
      const item = listAt(answer, 'Policies', 'Policy')[0];
      seen.push(`${at(item, 'PolicyType')} ${at(item, 'PolicyName')}`);
      if (answer['IsTruncated'] !== true) break;
      Marker = String(answer['Marker']);
    }
    expect(seen.slice(0, 2)).toEqual(['Custom AdministratorAccess', 'System AdministratorAccess']);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('CreatePolicyVersion', () => {
  it('adds a version that is not in effect unless it is asked to be', () => {
    const ram = withPolicy();
    const next = permission('drds:Describe*');
    ram.advance(1000);
    expect(ram.call('CreatePolicyVersion', { PolicyName: 'Dms-1', PolicyDocument: next })).toEqual({
      PolicyVersion: {
        VersionId: 'v2',
        IsDefaultVersion: false,
        CreateDate: '2026-11-23T10:00:01Z',
        PolicyDocument: next,
      },
    });
    expect(versions(ram)).toBe('v1* v2');
    expect(addVersion(ram, { SetAsDefault: 'true' })).toBe('accepted');
    expect(versions(ram)).toBe('v1 v2 v3*');
  });

  it('refuses the sixth version without rotation', () => {
    const ram = withPolicy();
    for (let i = 0; i < 4; i += 1) addVersion(ram);
    expect(addVersion(ram)).toBe('409 LimitExceeded.Policy.Version');
    expect(addVersion(ram, { RotateStrategy: 'None' })).toBe('409 LimitExceeded.Policy.Version');
    expect(versions(ram)).toBe('v1* v2 v3 v4 v5');
  });

  it('rotates the oldest version that is not in effect, and only at the limit', () => {
    const ram = withPolicy();
    for (let i = 0; i < 4; i += 1) addVersion(ram, { RotateStrategy: rotate });
    expect(versions(ram)).toBe('v1* v2 v3 v4 v5');
    addVersion(ram, { RotateStrategy: rotate, SetAsDefault: 'true' });
    expect(versions(ram)).toBe('v1 v3 v4 v5 v6*');
    addVersion(ram, { RotateStrategy: rotate });
    expect(versions(ram)).toBe('v3 v4 v5 v6* v7');
  });

  it('refuses to rotate away the only version', () => {
    const ram = withPolicy();
    ram.state.limits.versionsPerPolicy = 1;
    expect(addVersion(ram, { RotateStrategy: rotate })).toBe('409 LimitExceeded.Policy.Version');
    expect(versions(ram)).toBe('v1*');
  });

  it('refuses unknown policies, strategies, flags and documents', () => {
    const ram = withPolicy();
    expect(addVersion(ram, { PolicyName: 'x' })).toBe('404 EntityNotExist.Policy');
    expect(addVersion(ram, { PolicyName: 'AdministratorAccess' })).toBe('404 EntityNotExist.Policy');
    expect(addVersion(ram, { RotateStrategy: 'Oldest' })).toBe('400 InvalidParameter.RotateStrategy');
    expect(addVersion(ram, { SetAsDefault: 'yes' })).toBe('400 InvalidParameter.SetAsDefault');
    expect(addVersion(ram, { PolicyDocument: '{}' })).toBe('400 MalformedPolicyDocument');
    expect(versions(ram)).toBe('v1*');
  });
});

describe('GetPolicyVersion and ListPolicyVersions', () => {
  it('answer versions with their documents', () => {
    const ram = withPolicy();
    addVersion(ram, { SetAsDefault: 'true', PolicyDocument: permission('drds:*') });
    const of = { PolicyName: 'Dms-1', PolicyType: 'Custom' };
    const list = listAt(ram.call('ListPolicyVersions', of), 'PolicyVersions', 'PolicyVersion');
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({ VersionId: 'v1', IsDefaultVersion: false, PolicyDocument: redis });
    const second = ram.call('GetPolicyVersion', { ...of, VersionId: 'v2' });
    expect(second).toEqual({ PolicyVersion: list[1] });
  });

  it('refuse what does not exist', () => {
    const ram = withPolicy();
    const of = { PolicyName: 'Dms-1', PolicyType: 'Custom' };
    expect(ram.refusal('GetPolicyVersion', { ...of, VersionId: 'v2' })).toBe(
      '404 EntityNotExist.Policy.Version',
    );
    expect(ram.refusal('GetPolicyVersion', { ...of, VersionId: '2' })).toBe(
      '400 InvalidParameter.VersionId.Format',
    );
    expect(ram.refusal('GetPolicyVersion', { ...of, PolicyName: 'x', VersionId: 'v1' })).toBe(
      '404 EntityNotExist.Policy',
    );
    expect(ram.refusal('ListPolicyVersions', { ...of, PolicyName: 'x' })).toBe('404 EntityNotExist.Policy');
  });
});

describe('DeletePolicyVersion and SetDefaultPolicyVersion', () => {
  it('delete any version but the one in effect, and never use its number again', () => {
    const ram = withPolicy();
    addVersion(ram, { SetAsDefault: 'true' });
    const remove = (VersionId: string) =>
      ram.refusal('DeletePolicyVersion', { PolicyName: 'Dms-1', VersionId });
    expect(remove('v2')).toBe('409 DeleteConflict.Policy.Version.Default');
    expect(remove('v1')).toBe('accepted');
    expect(remove('v1')).toBe('404 EntityNotExist.Policy.Version');
    addVersion(ram);
    expect(remove('v3')).toBe('accepted');
    addVersion(ram);
    expect(versions(ram)).toBe('v2* v4');
  });

  it('put a version into effect', () => {
    const ram = withPolicy();
    addVersion(ram);
    const choose = (VersionId: string, PolicyName = 'Dms-1') =>
      ram.refusal('SetDefaultPolicyVersion', { PolicyName, VersionId });
    expect(choose('v2')).toBe('accepted');
    expect(versions(ram)).toBe('v1 v2*');
    expect(choose('v9')).toBe('404 EntityNotExist.Policy.Version');
    expect(choose('v1', 'x')).toBe('404 EntityNotExist.Policy');
    expect(versions(ram)).toBe('v1 v2*');
  });
});

describe('UpdatePolicyDescription', () => {
  it('describes a custom policy anew, or takes the description away', () => {
    const ram = withPolicy();
    ram.advance(5000);
    const of = { PolicyName: 'Dms-1' };
    const policy = () => at(ram.call('GetPolicy', { ...of, PolicyType: 'Custom' }), 'Policy');
    expect(ram.call('UpdatePolicyDescription', { ...of, NewDescription: 'new' })).toMatchObject({
      Policy: { PolicyName: 'Dms-1', Description: 'new', UpdateDate: '2026-11-23T10:00:05Z' },
    });
    expect(policy()).toMatchObject({ Description: 'new', DefaultVersion: 'v1' });
    ram.call('UpdatePolicyDescription', { ...of, NewDescription: '' });
    expect(policy()).toMatchObject({ Description: '' });
  });

  it('refuses a system policy, and one that does not exist', () => {
    const to = (PolicyName: string) =>
      withPolicy().refusal('UpdatePolicyDescription', { PolicyName, NewDescription: 'x' });
    expect(to('ReadOnlyAccess')).toBe('404 EntityNotExist.Policy');
    expect(to('q')).toBe('404 EntityNotExist.Policy');
  });
});

describe('DeletePolicy', () => {
  it('deletes a policy with one version', () => {
    const ram = withPolicy();
    expect(ram.call('DeletePolicy', { PolicyName: 'dms-1' })).toEqual({});
    expect(ram.refusal('DeletePolicy', { PolicyName: 'dms-1' })).toBe('404 EntityNotExist.Policy');
  });

  it('takes other versions along only when told to', () => {
    const ram = withPolicy();
    addVersion(ram);
    expect(ram.refusal('DeletePolicy', { PolicyName: 'Dms-1' })).toBe('409 DeleteConflict.Policy.Version');
    expect(ram.refusal('DeletePolicy', { PolicyName: 'Dms-1', CascadingDelete: 'true' })).toBe('accepted');
    expect(ram.state.policies.size).toBe(0);
  });

  it('refuses while a role or a user has it, cascading or not', () => {
    const ram = withPolicy();
    ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
    ram.call('CreateUser', { UserName: 'u' });
    const of = { PolicyName: 'Dms-1', PolicyType: 'Custom' };
    ram.call('AttachPolicyToRole', { ...of, RoleName: 'r' });
    ram.call('AttachPolicyToUser', { ...of, UserName: 'u' });
    const remove = () => ram.refusal('DeletePolicy', { PolicyName: 'Dms-1', CascadingDelete: 'true' });
    expect(remove()).toBe('409 DeleteConflict.Policy.User');
    ram.call('DetachPolicyFromUser', { ...of, UserName: 'u' });
    expect(remove()).toBe('409 DeleteConflict.Policy.Role');
    ram.call('DetachPolicyFromRole', { ...of, RoleName: 'r' });
    expect(remove()).toBe('accepted');
  });

  it('cannot delete a system policy', () => {
    expect(ramOf().refusal('DeletePolicy', { PolicyName: 'AdministratorAccess' })).toBe(
      '404 EntityNotExist.Policy',
    );
  });
});

it('whatever is done to it, a policy has 1 to 5 versions, one in effect, and never a number twice', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('add' as const), asDefault: fc.boolean(), rotate: fc.boolean() }),
    fc.record({
      do: fc.constantFrom('remove' as const, 'choose' as const),
      version: fc.integer({ min: 1, max: 12 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const ram = withPolicy();
      const given = new Set(['v1']);
      for (const s of steps) {
        const before = ram.state.findPolicy('Custom', 'Dms-1');
        if (before === undefined) throw new Error('the policy is gone');
        const inEffect = defaultVersion(before).id;
        if (s.do === 'add') {
          const result = addVersion(ram, {
            SetAsDefault: String(s.asDefault),
            RotateStrategy: s.rotate ? rotate : 'None',
          });
          const newest = before.versions.at(-1)?.id ?? '';
          if (result === 'accepted') {
            expect(given.has(newest)).toBe(false);
            given.add(newest);
            expect(before.versions.some((v) => v.id === inEffect)).toBe(true);
          }
        } else {
          const name = s.do === 'remove' ? 'DeletePolicyVersion' : 'SetDefaultPolicyVersion';
          ram.refusal(name, { PolicyName: 'Dms-1', VersionId: `v${s.version}` });
          if (s.do === 'remove') expect(defaultVersion(before).id).toBe(inEffect);
        }
        expect(before.versions.length).toBeGreaterThanOrEqual(1);
        expect(before.versions.length).toBeLessThanOrEqual(5);
        expect(before.versions.filter((v) => v.isDefault)).toHaveLength(1);
      }
    }),
  );
});
