import { describe, expect, it } from 'vitest';
import { INSTALLED_BY, ramInstaller } from '../../../shared/alicloud/ram-installer.ts';
import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { RAM_QUOTA, ramUsage } from '../../../shared/alicloud/ram-usage.ts';
import { callOf, ramWriter } from '../../../shared/alicloud/ram-writer.ts';
import { dmsCall, ramCall, stsCall } from '../../../shared/alicloud/vendor-calls.ts';
import type { Document } from '../../../shared/catalogue/document.ts';
import type { Operation } from '../../../shared/ports.ts';
import { askedOf, scriptedApi } from './scripted-api.ts';
import { cloudError, thrownBy } from './setup.ts';

const DOCUMENT: Document = {
  Statement: [{ Action: 'x:Y', Effect: 'Allow', Resource: '*' }],
  Version: '1',
};
const TEXT = JSON.stringify(DOCUMENT);
const TAGS = new Map([
  ['managed-by', 'dms-handshake'],
  ['a', 'b'],
]);
const TAG_LIST = '[{"Key":"managed-by","Value":"dms-handshake"},{"Key":"a","Value":"b"}]';
const OURS = '[{"Key":"installed-by","Value":"dms-handshake-bootstrap"}]';
const at = { target: 'T', reason: 'because' } as const;
const custom = { name: 'P', type: 'Custom' } as const;
const system = { name: 'S', type: 'System' } as const;

describe('a write of a role, as RAM is asked for it', () => {
  it.each<[Operation, action: string, parameters: object]>([
    [
      { ...at, operation: 'create-role', trust: DOCUMENT, tags: TAGS },
      'CreateRole',
      {
        RoleName: 'T',
        Description: 'Lets DMS of another account manage databases of this one. Managed by dms-handshake.',
        AssumeRolePolicyDocument: TEXT,
        Tag: TAG_LIST,
      },
    ],
    [
      { ...at, operation: 'update-trust', trust: DOCUMENT },
      'UpdateRole',
      { RoleName: 'T', NewAssumeRolePolicyDocument: TEXT },
    ],
    [
      { ...at, operation: 'tag-role', tags: TAGS },
      'TagResources',
      { ResourceType: 'role', ResourceNames: '["T"]', Tag: TAG_LIST },
    ],
    [
      { ...at, operation: 'untag-role', keys: ['a', 'b'] },
      'UntagResources',
      { ResourceType: 'role', ResourceNames: '["T"]', TagKeys: '["a","b"]' },
    ],
    [
      { ...at, operation: 'create-policy', document: DOCUMENT },
      'CreatePolicy',
      {
        PolicyName: 'T',
        PolicyDocument: TEXT,
        Description:
          'What DMS needs for these engines. Shared by the roles that grant them. Managed by dms-handshake.',
        Tag: '[{"Key":"managed-by","Value":"dms-handshake"}]',
      },
    ],
    [
      { ...at, operation: 'create-policy-version', document: DOCUMENT },
      'CreatePolicyVersion',
      {
        PolicyName: 'T',
        PolicyDocument: TEXT,
        SetAsDefault: 'true',
        RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
      },
    ],
    [
      { ...at, operation: 'attach-policy', policy: custom },
      'AttachPolicyToRole',
      { PolicyName: 'P', PolicyType: 'Custom', RoleName: 'R' },
    ],
    [
      { ...at, operation: 'detach-policy', policy: system },
      'DetachPolicyFromRole',
      { PolicyName: 'S', PolicyType: 'System', RoleName: 'R' },
    ],
    [{ ...at, operation: 'delete-role' }, 'DeleteRole', { RoleName: 'T' }],
    [{ ...at, operation: 'delete-policy' }, 'DeletePolicy', { PolicyName: 'T' }],
  ])('%j', (operation, action, parameters) => {
    expect(callOf('R', operation)).toEqual([action, parameters]);
  });

  const versions = (...list: readonly (readonly [VersionId: string, IsDefaultVersion: boolean])[]) => ({
    PolicyVersions: {
      PolicyVersion: list.map(([VersionId, IsDefaultVersion]) => ({ VersionId, IsDefaultVersion })),
    },
  });
  const remove: Operation = { ...at, operation: 'delete-policy' };

  it('of a policy that goes: its old versions first, and the default one with it', async () => {
    const { api, calls } = scriptedApi(versions(['v1', false], ['v2', true], ['v3', false]), {});
    expect(await ramWriter(api).apply('R', remove)).toBe('done');
    expect(askedOf(calls)).toEqual([
      ['ListPolicyVersions', { PolicyName: 'T', PolicyType: 'Custom' }],
      ['DeletePolicyVersion', { PolicyName: 'T', VersionId: 'v1' }],
      ['DeletePolicyVersion', { PolicyName: 'T', VersionId: 'v3' }],
      ['DeletePolicy', { PolicyName: 'T' }],
    ]);
  });

  it('of a policy that goes is not made where its versions cannot be read', async () => {
    const { api, calls } = scriptedApi({ PolicyVersions: {} });
    expect(await thrownBy(ramWriter(api).apply('R', remove))).toMatchObject({
      message:
        'RAM ListPolicyVersions: the answer does not have the documented shape (at "PolicyVersions.PolicyVersion")',
    });
    expect(calls).toHaveLength(1);
  });

  it('an error that is none of the cloud is thrown as it is', async () => {
    const error = new TypeError('a fault of ours');
    const { api } = scriptedApi(error);
    expect(await thrownBy(ramWriter(api).apply('R', remove))).toBe(error);
  });
});

describe('a refused write', () => {
  const createRole: Operation = { ...at, operation: 'create-role', trust: DOCUMENT, tags: TAGS };
  const updateTrust: Operation = { ...at, operation: 'update-trust', trust: DOCUMENT };
  const attach: Operation = { ...at, operation: 'attach-policy', policy: custom };
  it.each([
    // Whom a trust names is not there: to read again and to write again would not help.
    ['a trust that names a user who is not there', createRole, 'EntityNotExist.User', 'internal'],
    ['a trust that names a role that is not there', updateTrust, 'EntityNotExist.Role.Principal', 'internal'],
    ['a trust of a role that is not there', updateTrust, 'EntityNotExist.Role', 'conflict'],
    ['a trust of what is not there', updateTrust, 'EntityNotExist', 'conflict'],
    ['a role that is there', createRole, 'EntityAlreadyExists.Role', 'conflict'],
    ['an attachment of a policy that is not there', attach, 'EntityNotExist.Policy', 'conflict'],
  ])('%s: %s', async (_what, operation, code, outcome) => {
    const { api } = scriptedApi(cloudError({ code, status: 404 }));
    const applied = ramWriter(api).apply('R', operation);
    if (outcome === 'conflict') expect(await applied).toBe('conflict');
    else expect(await thrownBy(applied)).toMatchObject({ name: 'TerminalError', code: outcome });
  });
});

describe('what bootstrap asks of RAM', () => {
  it('is marked as made by it', () => {
    expect(INSTALLED_BY).toEqual({ key: 'installed-by', value: 'dms-handshake-bootstrap' });
  });

  const attachment = { RoleName: 'n', PolicyName: 'n', PolicyType: 'Custom' };
  it.each<
    [call: string, make: (ram: ReturnType<typeof ramInstaller>) => Promise<unknown>, parameters: object]
  >([
    [
      'CreateRole',
      (ram) => ram.createRole('n', 'why', DOCUMENT),
      { RoleName: 'n', Description: 'why', AssumeRolePolicyDocument: TEXT, Tag: OURS },
    ],
    [
      'UpdateRole',
      (ram) => ram.updateTrust('n', DOCUMENT),
      { RoleName: 'n', NewAssumeRolePolicyDocument: TEXT },
    ],
    [
      'CreatePolicy',
      (ram) => ram.createPolicy('n', 'why', DOCUMENT),
      { PolicyName: 'n', Description: 'why', PolicyDocument: TEXT, Tag: OURS },
    ],
    [
      'CreatePolicyVersion',
      (ram) => ram.updatePolicy('n', DOCUMENT),
      {
        PolicyName: 'n',
        PolicyDocument: TEXT,
        SetAsDefault: 'true',
        RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
      },
    ],
    ['AttachPolicyToRole', (ram) => ram.attach('n'), attachment],
    ['DetachPolicyFromRole', (ram) => ram.detach('n'), attachment],
    [
      'TagResources',
      (ram) => ram.tagRole('n', TAGS),
      { ResourceType: 'role', ResourceNames: '["n"]', Tag: TAG_LIST },
    ],
    ['DeleteRole', (ram) => ram.deleteRole('n'), { RoleName: 'n' }],
  ])('%s', async (action, make, parameters) => {
    const { api, calls } = scriptedApi({});
    await make(ramInstaller(api));
    expect(askedOf(calls)).toEqual([[action, parameters]]);
  });

  const page = (names: readonly string[], more: object = {}) => ({
    IsTruncated: false,
    Roles: { Role: names.map((RoleName) => ({ RoleName })) },
    ...more,
  });

  it('its own roles, page by page', async () => {
    const { api, calls } = scriptedApi(
      page(['a'], { IsTruncated: true, Marker: 'm' }),
      page(['b'], { Marker: 'x' }),
    );
    expect(await ramInstaller(api).roles()).toEqual(['a', 'b']);
    expect(askedOf(calls)).toEqual([
      ['ListRoles', { Tag: OURS, MaxItems: '1000' }],
      ['ListRoles', { Tag: OURS, MaxItems: '1000', Marker: 'm' }],
    ]);
  });

  it('all roles whose names begin so, in whatever letters', async () => {
    const { api, calls } = scriptedApi(
      page(['dms-handshake-a', 'other', 'DMS-Handshake-b', 'x-dms-handshake']),
    );
    expect(await ramInstaller(api).rolesNamed('dms-handshake')).toEqual([
      'dms-handshake-a',
      'DMS-Handshake-b',
    ]);
    expect(askedOf(calls)).toEqual([['ListRoles', { MaxItems: '1000' }]]);
  });

  it.each([
    ['RAM ListRoles', 'Roles', (ram: ReturnType<typeof ramInstaller>) => ram.roles()],
    [
      'RAM ListPolicyVersions',
      'PolicyVersions',
      (ram: ReturnType<typeof ramInstaller>) => ram.deletePolicy('n'),
    ],
  ])('%s of another shape is not guessed at', async (what, place, make) => {
    const { api } = scriptedApi({ IsTruncated: false });
    expect(await thrownBy(make(ramInstaller(api)))).toMatchObject({
      message: `${what}: the answer does not have the documented shape (at "${place}")`,
    });
  });

  it('the versions of a policy that goes, as those of the vendor’s page', async () => {
    const versions = [
      { VersionId: 'v1', IsDefaultVersion: true },
      { VersionId: 'v2', IsDefaultVersion: false },
    ];
    const { api, calls } = scriptedApi({ PolicyVersions: { PolicyVersion: versions } }, {});
    await ramInstaller(api).deletePolicy('n');
    expect(askedOf(calls)).toEqual([
      ['ListPolicyVersions', { PolicyName: 'n', PolicyType: 'Custom' }],
      ['DeletePolicyVersion', { PolicyName: 'n', VersionId: 'v2' }],
      ['DeletePolicy', { PolicyName: 'n' }],
    ]);
  });
});

describe('the usage of an account', () => {
  it('is asked for of all roles and of custom policies', async () => {
    const { api, calls } = scriptedApi({ IsTruncated: false, Roles: { Role: [{}] }, Marker: 'x' });
    await ramUsage(api);
    expect(askedOf(calls)).toStrictEqual([
      ['ListRoles', { MaxItems: '1000' }],
      ['ListPolicies', { PolicyType: 'Custom', MaxItems: '1000' }],
    ]);
  });

  it('has the limits of the vendor’s page', () => {
    expect(RAM_QUOTA).toEqual({ roles: 1_000, policies: 1_500 });
  });

  it('is none of an answer that names neither', async () => {
    const { api } = scriptedApi({ IsTruncated: false });
    expect(await ramUsage(api)).toEqual({ roles: 0, policies: 0 });
  });

  it.each([
    [{}, 'IsTruncated'],
    [{ IsTruncated: false, Roles: {} }, 'Roles.Role'],
  ])('is not guessed at: %j', async (answer, place) => {
    const { api } = scriptedApi(answer);
    expect(await thrownBy(ramUsage(api))).toMatchObject({
      message: expect.stringMatching(`^RAM List(Roles|Policies): .* \\(at "${place}"\\)$`),
    });
  });
});

describe('a reading of a role, as RAM is asked for it', () => {
  it.each<
    [what: string, read: (ram: ReturnType<typeof ramReader>) => Promise<unknown>, asked: readonly unknown[]]
  >([
    ['its trust', (ram) => ram.role('n'), ['GetRole', { RoleName: 'n' }]],
    [
      'its tags',
      (ram) => ram.roleTags('n'),
      ['ListTagResources', { ResourceType: 'role', ResourceNames: '["n"]', PageSize: '100' }],
    ],
    [
      'the tags of a policy',
      (ram) => ram.policyTags('n'),
      ['ListTagResources', { ResourceType: 'policy', ResourceNames: '["n"]', PageSize: '100' }],
    ],
    ['its policies', (ram) => ram.attachedPolicies('n'), ['ListPoliciesForRole', { RoleName: 'n' }]],
    ['a policy', (ram) => ram.policy('n'), ['GetPolicy', { PolicyName: 'n', PolicyType: 'Custom' }]],
  ])('%s', async (_what, read, asked) => {
    const { api, calls } = scriptedApi({});
    expect(await thrownBy(read(ramReader(api)))).toMatchObject({
      message: expect.stringMatching(
        `^RAM ${String(asked[0])}: the answer does not have the documented shape`,
      ),
    });
    expect(askedOf(calls)).toEqual([asked]);
  });
});

describe('a call of the vendor', () => {
  it('has its product, its version and its host', () => {
    const parameters = { A: '1' };
    expect([
      ramCall('GetRole', parameters),
      stsCall('AssumeRole', 'cn-hangzhou', parameters),
      stsCall('GetCallerIdentity', 'cn-hangzhou'),
      dmsCall('AddInstance', 'cn-hangzhou', parameters),
    ]).toEqual([
      { service: 'RAM', version: '2015-05-01', action: 'GetRole', host: 'ram.aliyuncs.com', parameters },
      {
        service: 'STS',
        version: '2015-04-01',
        action: 'AssumeRole',
        host: 'sts.cn-hangzhou.aliyuncs.com',
        parameters,
      },
      {
        service: 'STS',
        version: '2015-04-01',
        action: 'GetCallerIdentity',
        host: 'sts.cn-hangzhou.aliyuncs.com',
        parameters: {},
      },
      {
        service: 'DMS',
        version: '2018-11-01',
        action: 'AddInstance',
        host: 'dms-enterprise.cn-hangzhou.aliyuncs.com',
        body: 'form',
        parameters,
      },
    ]);
  });
});
