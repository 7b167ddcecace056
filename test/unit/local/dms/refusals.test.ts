import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../../../kit/accounts.ts';
import { everything } from '../../../kit/two-accounts.ts';
import { dms, type Parameters, ROLE, required, without, wordsOf } from './dms.ts';

const address = { Host: required['Host'] ?? '', Port: '3306' };

const invalid = (name: string, why: string) => `400 InvalidParameter.${name}: ${why}`;
const notValid = (name: string, why: string) => invalid(name, `The parameter ${name} is not valid: ${why}`);
const missing = (name: string) => `400 MissingParameter: The parameter ${name} is mandatory for this action.`;
const option = (...words: string[]) =>
  `Invalid option: expected one of ${words.map((word) => `"${word}"`).join('|')}`;

const NUMBER = 'A number is expected.';
const WHOLE = 'A whole number is expected.';
const TRUTH = 'true or false is expected.';
const ABSENT = '404 InstanceNoEnoughNumber: The instance is not registered in DMS.';
const TAKEN =
  '409 InstanceAlreadyExist: An instance with this host, port and SID is registered already, as 1880001.';
const LINKED = invalid('DataLinkName', 'The name is in use in this tenant.');

describe('AddInstance', () => {
  it.each<[changes: Parameters, words: string]>([
    [{ Port: '65536' }, notValid('Port', 'Too big: expected number to be <=65535')],
    [{ Port: '0' }, notValid('Port', 'Too small: expected number to be >=1')],
    [{ Port: 'x1' }, notValid('Port', WHOLE)],
    [{ Port: '1x' }, notValid('Port', WHOLE)],
    [{ InstanceType: 'toString' }, notValid('InstanceType', 'It is none of the values of DbType.')],
    [{ EnableSellTrust: 'yes' }, notValid('EnableSellTrust', option('Y', 'N'))],
    [{ NetworkType: 'INTERNET' }, notValid('NetworkType', option('CLASSIC', 'VPC'))],
    [
      { InstanceSource: 'CLOUD' },
      notValid('InstanceSource', option('PUBLIC_OWN', 'RDS', 'ECS_OWN', 'VPC_IDC', 'GATEWAY')),
    ],
    [
      { EnvType: 'production' },
      notValid('EnvType', option('product', 'dev', 'pre', 'test', 'sit', 'uat', 'pet', 'stag')),
    ],
    [{ DbaId: 'x1' }, notValid('DbaId', NUMBER)],
    [{ DbaId: '1x' }, notValid('DbaId', NUMBER)],
    [{ DbaId: '1'.repeat(20) }, notValid('DbaId', NUMBER)],
    [{ DbaId: '1' }, invalid('DbaId', 'There is no such user in this tenant.')],
    [{ UseSsl: '-2' }, notValid('UseSsl', 'Too small: expected number to be >=-1')],
    [{ SkipTest: 'truex' }, notValid('SkipTest', TRUTH)],
    [{ SkipTest: 'xfalse' }, notValid('SkipTest', TRUTH)],
    [
      { DataLinkName: 'Orders' },
      notValid('DataLinkName', 'Only lower-case letters and underscores are allowed.'),
    ],
    [
      { DataLinkName: 'a1' },
      notValid('DataLinkName', 'Only lower-case letters and underscores are allowed.'),
    ],
    [{ Host: 'RM-1.mysql.rds.aliyuncs.com', Port: '3307' }, TAKEN],
    [{ UseDsql: '1', DataLinkName: 'linked_one' }, LINKED],
    [
      { RoleArn: ROLE, InstanceSource: 'PUBLIC_OWN' },
      invalid(
        'InstanceSource',
        'Only Alibaba Cloud instances can be registered with a role of another account.',
      ),
    ],
    [
      { RoleArn: ROLE, InstanceType: 'Mongo' },
      invalid(
        'InstanceType',
        'An instance of type mongo cannot be registered with a role of another account.',
      ),
    ],
    [{ RoleArn: ROLE }, '404 EntityNotExist.Role: The specified Role not exists.'],
  ])('with %j: %s', async (changes, words) => {
    const { add, requester } = await dms();
    await add({ Port: '3307', UseDsql: '1', DataLinkName: 'linked_one' });
    expect(await wordsOf(add(changes))).toBe(words);
    expect(requester.dms.instances).toHaveLength(1);
  });

  it.each<Parameters>([
    { UseSsl: '-1', Port: '1' },
    { UseSsl: '1', Port: '65535' },
    { SkipTest: 'True' },
    { SkipTest: 'false', TemplateId: '1', TemplateType: 'x' },
    { RoleArn: '' },
    { Tid: '-1' },
    { InstanceSource: 'PUBLIC_OWN', EcsRegion: '' },
    { InstanceSource: 'GATEWAY', EcsInstanceId: 'i-1' },
  ])('with %j an instance of the own account is registered', async (changes) => {
    const { add, requester } = await dms();
    await add(changes);
    expect(requester.dms.instances).toMatchObject([{ id: '1880001', roleArn: null }]);
  });

  it('with a role: says so where nobody of its account has opened DMS', async () => {
    const { add, grant, owner } = await dms();
    grant(everything);
    owner.dms.tenant = false;
    expect(await wordsOf(add({ RoleArn: ROLE, InstanceType: 'redis' }))).toBe(
      `403 ResourceOwnerNotLoggedIn: Nobody of account ${owner.uid} has logged in to DMS yet: its instances cannot be registered.`,
    );
  });
});

describe('ModifyInstance', () => {
  const needed = (name: string, why: string) => invalid(name, `It is required for ${why}.`);

  it.each<[changes: Parameters, words: string]>([
    [{ EcsRegion: '' }, needed('EcsRegion', 'InstanceSource RDS')],
    [{ InstanceSource: 'ECS_OWN', EcsRegion: '' }, needed('EcsRegion', 'InstanceSource ECS_OWN')],
    [{ InstanceSource: 'GATEWAY', EcsRegion: '' }, needed('EcsRegion', 'InstanceSource GATEWAY')],
    [{ InstanceSource: 'VPC_IDC', EcsRegion: '' }, needed('EcsRegion', 'InstanceSource VPC_IDC')],
    [{ InstanceSource: 'ECS_OWN' }, needed('EcsInstanceId', 'InstanceSource ECS_OWN')],
    [{ InstanceSource: 'GATEWAY' }, needed('EcsInstanceId', 'InstanceSource GATEWAY')],
    [{ InstanceSource: 'VPC_IDC' }, needed('VpcId', 'InstanceSource VPC_IDC')],
    [{ InstanceType: 'oracle' }, needed('Sid', 'Oracle')],
    [{ EnableSellCommon: 'Y' }, needed('SafeRule', 'Security Collaboration')],
    [{ UseDsql: '1' }, needed('DataLinkName', 'cross-database queries')],
    [{ DataLinkName: 'A' }, invalid('DataLinkName', 'Only lower-case letters and underscores are allowed.')],
    [{ DbaId: '1' }, invalid('DbaId', 'There is no such user in this tenant.')],
    [{ UseSsl: '-2' }, notValid('UseSsl', 'Too small: expected number to be >=-1')],
    [{ UseSsl: '-1' }, '200 accepted: '],
  ])('to %j: %s', async (changes, words) => {
    const { add, call } = await dms();
    await add();
    expect(await wordsOf(call('ModifyInstance', { InstanceId: '1880001', ...changes }))).toBe(words);
  });
});

const { DbaId = '', EnableSellTrust: _none, ...described } = required;
const older = { ...described, DbaUid: DbaId, SafeRule: 'rules' };

it.each<[operation: string, form: Parameters, words: string]>([
  ['RegisterInstance', { ...older, InstanceSource: 'VPC_IDC' }, missing('VpcId')],
  ['RegisterInstance', without(older, 'SafeRule'), missing('SafeRule')],
  ['RegisterInstance', { ...older, DbaUid: '1' }, invalid('DbaUid', 'There is no such user in this tenant.')],
  ['RegisterInstance', { ...older, Port: '3307' }, TAKEN],
  ['RegisterInstance', { ...older, DataLinkName: 'linked_one' }, LINKED],
  ['GetInstance', address, ABSENT],
  ['GetInstance', { ...address, Port: '3307', Sid: 'x' }, ABSENT],
  ['DeleteInstance', address, ABSENT],
  ['ListDatabases', { InstanceId: '1' }, ABSENT],
  ['ModifyInstance', { InstanceId: '1' }, ABSENT],
  ['SyncInstanceMeta', { InstanceId: '1' }, ABSENT],
  ['SyncInstanceMeta', { InstanceId: '1', IgnoreTable: 'no' }, notValid('IgnoreTable', TRUTH)],
  [
    'SyncInstanceMeta',
    { InstanceId: '1880001' },
    '400 InstanceNotInSecurityCollaboration: Only an instance under Security Collaboration can be synchronised.',
  ],
  ['GetUserActiveTenant', { Tid: 'x' }, notValid('Tid', WHOLE)],
  ['ListUserTenants', { Tid: '-2' }, notValid('Tid', 'Too small: expected number to be >=-1')],
  ['ListUsers', { Role: 'OWNER' }, notValid('Role', option('USER', 'DBA', 'ADMIN'))],
  ['ListUsers', { UserState: 'x' }, notValid('UserState', option('NORMAL', 'DISABLE', 'DELETE'))],
  ['ListUsers', { PageSize: '101' }, notValid('PageSize', 'Too big: expected number to be <=100')],
])('%s with %j: %s', async (operation, form, words) => {
  const { add, call, requester } = await dms();
  await add({ Port: '3307', UseDsql: '1', DataLinkName: 'linked_one' });
  expect(await wordsOf(call(operation, form))).toBe(words);
  expect(requester.dms.instances).toHaveLength(1);
});

it.each(['GetUserActiveTenant', 'ListUserTenants'])('%s where nobody has opened DMS', async (operation) => {
  const { call, requester } = await dms();
  requester.dms.tenant = false;
  expect(await wordsOf(call(operation, {}))).toBe(
    `403 ResourceOwnerNotLoggedIn: Nobody of account ${REQUESTER} has logged in to DMS yet: its instances cannot be registered.`,
  );
});
