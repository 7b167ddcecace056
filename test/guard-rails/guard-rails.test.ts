import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAllowed } from '../../local/cloud/evaluate/index.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { AUDIT_QUERIES } from '../../scripts/operations/audit.ts';
import { controlPolicies } from '../../scripts/operations/guard-rails.ts';
import { CATALOGUE } from '../../shared/catalogue/catalogue.ts';
import { finds } from '../operations/log-query.ts';
import { type Ground, openGround } from '../rights/ground.ts';
import { JOURNEYS } from '../rights/journeys.ts';

const TRUST = JSON.stringify({
  Version: '1',
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
});

let at: Ground;
beforeAll(async () => {
  at = await openGround();
  at.owner.controlPolicies = Object.values(controlPolicies());
});
afterAll(() => at.close());

it.each(JOURNEYS)('with the control policies in force, this goes as ever: $name', async ({ run }) => {
  await at.renew();
  await run(at);
});

describe('the control policies', () => {
  const OURS = ['dms-handshake-deployer', 'dms-handshake-approver', 'dms-cross-account-66'];
  const ROLES = ['administrator', ...OURS];
  beforeAll(async () => {
    await at.renew();
    // Everybody here may do everything, as far as their own policies go.
    for (const RoleName of ROLES) {
      await at.byHand('CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST });
      await at.byHand('AttachPolicyToRole', {
        RoleName,
        PolicyType: 'System',
        PolicyName: 'AdministratorAccess',
      });
    }
  });

  const may = (roleName: string, action: string, resource: string) => {
    const role = at.owner.ram.findRole(roleName);
    if (role === undefined) throw new Error(`there is no ${roleName}`);
    const principal = {
      type: 'role',
      roleName,
      roleId: role.id,
      sessionName: 'test',
      sessionPolicy: null,
    } as const;
    const caller = { accountId: at.owner.uid, accessKeyId: 'test', principal };
    return isAllowed(at.world, caller, { action, resource });
  };
  const ram = (what: string) => `acs:ram:*:${OWNER_UID}:${what}`;
  const DENIED = { allowed: false, reason: 'ExplicitDeny', policyType: 'ControlPolicy', deniedBy: [] };

  it.each([
    ['ram:UpdateRole', ram('role/dms-cross-account-1')],
    ['ram:CreateRole', ram('role/dms-console-access-1')],
    ['ram:AttachPolicyToRole', ram('role/dms-cross-account-1')],
    ['ram:CreatePolicyVersion', ram('policy/DmsCrossAccountPolicy-redis')],
    ['ram:UpdateRole', ram('role/dms-handshake-provision')],
    ['ram:CreatePolicyVersion', ram('policy/dms-handshake-verify')],
    ['fc:UpdateFunction', `acs:fc:cn-hangzhou:${OWNER_UID}:functions/dms-handshake-provision`],
  ])('keep an administrator of the account from %s on %s', (action, resource) => {
    expect(may('administrator', action, resource)).toEqual(DENIED);
  });

  it('leave everything else to the administrator, and the installation to the deployer', () => {
    expect(may('administrator', 'ram:UpdateRole', ram('role/payroll')).allowed).toBe(true);
    expect(may('administrator', 'ram:GetRole', ram('role/dms-cross-account-1')).allowed).toBe(true);
    expect(may('dms-handshake-deployer', 'ram:UpdateRole', ram('role/dms-handshake-verify')).allowed).toBe(
      true,
    );
    expect(may('dms-handshake-deployer', 'ram:UpdateRole', ram('role/dms-cross-account-1'))).toEqual(DENIED);
  });

  const publish = (roleName: string, topic: string) =>
    may(roleName, 'mns:PublishMessage', `acs:mns:cn-hangzhou:${OWNER_UID}:/topics/${topic}/messages`);
  it('keep the lanes apart: each topic is published to by one role, and by nobody else', () => {
    for (const topic of ['dms-handshake-upkeep', 'dms-handshake-owner', 'dms-handshake-replies'])
      expect(publish('administrator', topic)).toEqual(DENIED);
    expect(publish('dms-handshake-approver', 'dms-handshake-owner').allowed).toBe(true);
    expect(publish('dms-handshake-approver', 'dms-handshake-upkeep')).toEqual(DENIED);
    expect(publish('dms-handshake-verify', 'dms-handshake-upkeep').allowed).toBe(true);
    expect(publish('dms-handshake-verify', 'dms-handshake-owner')).toEqual(DENIED);
    expect(publish('administrator', 'dms-handshake-requests').allowed).toBe(true);
  });

  it('keep a role of ours small, whatever was written into it', () => {
    const small = 'dms-cross-account-66';
    for (const action of ['ram:CreateUser', 'oss:GetObject', 'sts:AssumeRole', 'kvstore:DeleteInstance'])
      expect(may(small, action, '*')).toEqual(DENIED);
    for (const { actions } of Object.values(CATALOGUE))
      for (const action of actions) expect(may(small, action, '*').allowed, action).toBe(true);
    expect(may('administrator', 'oss:GetObject', '*').allowed).toBe(true);
  });

  it('leave the keys of notify worth nothing, whatever was attached to its role', async () => {
    await at.byHand('AttachPolicyToRole', {
      RoleName: 'dms-handshake-notify',
      PolicyType: 'System',
      PolicyName: 'AdministratorAccess',
    });
    for (const action of ['ram:GetRole', 'sts:AssumeRole', 'mns:PublishMessage', 'fc:InvokeFunction'])
      expect(may('dms-handshake-notify', action, '*')).toEqual(DENIED);
    const logstore = `acs:log:cn-hangzhou:${OWNER_UID}:project/p/logstore/dms-handshake`;
    expect(may('dms-handshake-notify', 'log:PostLogStoreLogs', logstore).allowed).toBe(true);
  });

  it('fit into what a Resource Directory takes', () => {
    for (const [path, policy] of Object.entries(controlPolicies()))
      expect(JSON.stringify(policy).length, path).toBeLessThanOrEqual(4_096);
  });
});

describe('the queries of the audit trail', () => {
  /** As the vendor shows an event of a session (page "Query ActionTrail events by assuming a RAM role"). */
  const FIELDS = [
    'eventName',
    'serviceName',
    'sourceIpAddress',
    'errorCode',
    'userIdentity.type',
    'userIdentity.userName',
  ];

  it.each(AUDIT_QUERIES)('$name reads fields that an event has', ({ text }) => {
    const read = [...text.matchAll(/'\$\.([\w.]+)'/g)].map(([, name]) => name);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((name) => !FIELDS.includes(name ?? ''))).toEqual([]);
  });

  /** An event of the trail: who called what, with which parameters. Its form is that of the page above. */
  const event = (
    userIdentity: object,
    serviceName: string,
    eventName: string,
    requestParameters: object,
  ) => ({
    event: JSON.stringify({
      apiVersion: '2020-07-06',
      eventType: 'ApiCall',
      userIdentity,
      acsRegion: 'cn-hangzhou',
      eventName,
      requestParameters,
      eventSource: `${serviceName.toLowerCase()}.aliyuncs.com`,
      serviceName,
      sourceIpAddress: '192.0.2.7',
    }),
  });
  const session = (role: string) => ({ type: 'assumed-role', userName: `${role}:s-1` });
  const ALICE = { type: 'ram-user', userName: 'alice' };
  const ROOT = { type: 'root-account' };
  const PROVISION = session('dms-handshake-provision');
  const DMS = session('dms-cross-account-1');
  const roleArn = (name: string) => ({
    RoleArn: `acs:ram::${OWNER_UID}:role/${name}`,
    RoleSessionName: 's-1',
  });
  const ours = { RoleName: 'dms-cross-account-1' };
  const theirs = { RoleName: 'payroll' };
  const tagged = (name: string) => ({ ResourceType: 'role', ResourceNames: JSON.stringify([name]) });

  it.each<[string, string, boolean, ReturnType<typeof event>]>([
    ['written-by-others', 'a user', true, event(ALICE, 'Ram', 'UpdateRole', ours)],
    ['written-by-others', 'the account itself', true, event(ROOT, 'Ram', 'AttachPolicyToRole', ours)],
    [
      'written-by-others',
      'a user, of a policy',
      true,
      event(ALICE, 'Ram', 'CreatePolicyVersion', { PolicyName: 'DmsCrossAccountPolicy-redis' }),
    ],
    ['written-by-others', 'verify', true, event(session('dms-handshake-verify'), 'Ram', 'UpdateRole', ours)],
    ['written-by-others', 'provision', false, event(PROVISION, 'Ram', 'UpdateRole', ours)],
    ['written-by-others', 'a user who reads', false, event(ALICE, 'Ram', 'GetRole', ours)],
    ['written-by-others', "a user, of somebody else's", false, event(ALICE, 'Ram', 'UpdateRole', theirs)],
    ['tagged-elsewhere', 'provision', true, event(PROVISION, 'Ram', 'TagResources', tagged('payroll'))],
    [
      'tagged-elsewhere',
      'provision, of its own',
      false,
      event(PROVISION, 'Ram', 'TagResources', tagged('dms-cross-account-1')),
    ],
    [
      'tagged-elsewhere',
      'provision, of the role that remembers strangers',
      false,
      event(PROVISION, 'Ram', 'TagResources', tagged('dms-handshake-verify')),
    ],
    ['tagged-elsewhere', 'a user', false, event(ALICE, 'Ram', 'TagResources', tagged('payroll'))],
    [
      'installation-changed',
      'a user',
      true,
      event(ALICE, 'Ram', 'UpdateRole', { RoleName: 'dms-handshake-provision' }),
    ],
    [
      'installation-changed',
      'the deployer',
      true,
      event(session('dms-handshake-deployer'), 'FC', 'UpdateFunction', {
        functionName: 'dms-handshake-verify',
      }),
    ],
    [
      'installation-changed',
      'provision, which writes down strangers',
      false,
      event(PROVISION, 'Ram', 'TagResources', tagged('dms-handshake-verify')),
    ],
    [
      'installation-changed',
      'a call of a function',
      false,
      event(ALICE, 'FC', 'InvokeFunction', { functionName: 'dms-handshake-verify' }),
    ],
    ['network-opened-by-dms', 'DMS', true, event(DMS, 'R-kvstore', 'ModifySecurityIps', {})],
    ['network-opened-by-dms', 'DMS, of another', true, event(DMS, 'ClickHouse', 'ModifySecurityIPList', {})],
    ['network-opened-by-dms', 'a user', false, event(ALICE, 'R-kvstore', 'ModifySecurityIps', {})],
    ['network-opened-by-dms', 'DMS, reading', false, event(DMS, 'R-kvstore', 'DescribeInstances', {})],
    ['assumed-by-others', 'a user', true, event(ALICE, 'Sts', 'AssumeRole', roleArn('dms-cross-account-1'))],
    [
      'assumed-by-others',
      'a caller without a type',
      true,
      event({}, 'Sts', 'AssumeRole', roleArn('dms-console-access-1')),
    ],
    [
      'assumed-by-others',
      'DMS',
      false,
      event(
        { type: 'system', userName: 'dms.aliyuncs.com' },
        'Sts',
        'AssumeRole',
        roleArn('dms-cross-account-1'),
      ),
    ],
    [
      'assumed-by-others',
      'verify',
      false,
      event(session('dms-handshake-verify'), 'Sts', 'AssumeRole', roleArn('dms-cross-account-1')),
    ],
    [
      'assumed-by-others',
      "a user, somebody else's",
      false,
      event(ALICE, 'Sts', 'AssumeRole', roleArn('payroll')),
    ],
  ])('%s tells of %s: %s', (name, _who, tells, one) => {
    const query = AUDIT_QUERIES.find((known) => known.name === name);
    expect(finds(query?.text ?? '', one)).toBe(tells);
  });

  it('know every operation with which DMS opens a database to itself', () => {
    const text = AUDIT_QUERIES.find(({ name }) => name === 'network-opened-by-dms')?.text ?? '';
    for (const { modifying } of Object.values(CATALOGUE))
      if (modifying !== null) expect(text).toContain(`'${modifying.action.split(':')[1]}'`);
    expect(text).toContain("'ModifySecurityIps'");
  });
});
