import {
  AttachPolicyToUserRequest,
  CreateAccessKeyRequest,
  CreateRoleRequest,
  CreateUserRequest,
  DeleteAccessKeyRequest,
  DeleteRoleRequest,
  DeleteUserRequest,
  DetachPolicyFromUserRequest,
} from '@alicloud/ram20150501';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Keys, mnsClient, ramClient } from './clients.ts';
import { ownTrust } from './documents.ts';
import { aliMns, aliyunSdk, elsewhere, ossSts } from './other-clients.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const ram = ramClient(cloud);
const roleName = cloud.name('others');
let arn = '';
/** Of a RAM user, who may assume a role where an account itself may not. */
let keys: Keys = cloud.keys;

beforeAll(async () => {
  const role = { roleName, assumeRolePolicyDocument: ownTrust(cloud.uid) };
  cloud.cleanup.add(`role ${roleName}`, () => ram.deleteRole(new DeleteRoleRequest({ roleName })));
  arn = (await ram.createRole(new CreateRoleRequest(role))).body?.role?.arn ?? '';
  const userName = cloud.name('asker');
  cloud.cleanup.add(`user ${userName}`, () => ram.deleteUser(new DeleteUserRequest({ userName })));
  await ram.createUser(new CreateUserRequest({ userName }));
  const use = { userName, policyType: 'System', policyName: 'AliyunSTSAssumeRoleAccess' };
  cloud.cleanup.add(`policy of ${userName}`, () =>
    ram.detachPolicyFromUser(new DetachPolicyFromUserRequest(use)),
  );
  await ram.attachPolicyToUser(new AttachPolicyToUserRequest(use));
  const { body } = await ram.createAccessKey(new CreateAccessKeyRequest({ userName }));
  const { accessKeyId: userAccessKeyId = '', accessKeySecret = '' } = body?.accessKey ?? {};
  cloud.cleanup.add(`key of ${userName}`, () =>
    ram.deleteAccessKey(new DeleteAccessKeyRequest({ userName, userAccessKeyId })),
  );
  keys = { accessKeyId: userAccessKeyId, accessKeySecret };
});

it('the STS client of ali-oss, with a session policy', async () => {
  const policy = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['oss:GetObject'], Resource: ['*'] }],
  };
  const sts = ossSts({ ...cloud, keys });
  const { credentials } = await cloud.eventually(() => sts.assumeRole(arn, policy, 900, 'conformance'));
  expect(credentials).toMatchObject({
    AccessKeyId: expect.stringMatching(/^STS\./),
    SecurityToken: expect.any(String),
  });
  // It arrives, since one that is none is refused.
  await expect(sts.assumeRole(arn, { ...policy, Version: '0' }, 900, 'conformance')).rejects.toMatchObject({
    code: 'InvalidParameter.PolicyGrammar',
  });
  await expect(sts.assumeRole(`${arn}-none`, policy, 900, 'conformance')).rejects.toMatchObject({
    code: 'EntityNotExist.Role',
  });
});

describe('aliyun-sdk', () => {
  it('STS', async () => {
    const call = aliyunSdk({ ...cloud, keys }, 'STS');
    const assumed = { RoleArn: arn, RoleSessionName: 'conformance', DurationSeconds: 900 };
    expect(await call('assumeRole', assumed)).toMatchObject({
      Credentials: { SecurityToken: expect.any(String) },
    });
  });

  it('RAM', async () => {
    const call = aliyunSdk(cloud, 'RAM');
    expect(await call('getRole', { RoleName: roleName })).toMatchObject({ Role: { RoleName: roleName } });
    const none = call('getRole', { RoleName: cloud.name('none') });
    await expect(none).rejects.toMatchObject({ code: 'EntityNotExist.Role' });
  });
});

it('@alicloud/sts-sdk, which speaks https only', async () => {
  const program = `
    const Sts = require('@alicloud/sts-sdk');
    const { STS_HOST: endpoint, KEY: accessKeyId, SECRET: accessKeySecret, ARN } = process.env;
    const client = new Sts({ endpoint, accessKeyId, accessKeySecret });
    client.assumeRole('${arn}', 'conformance', undefined, 900).then((answer) => console.log(JSON.stringify(answer)));`;
  expect(await elsewhere(cloud, program, keys)).toMatchObject({
    Credentials: { AccessKeyId: expect.stringMatching(/^STS\./) },
  });
});

it('@alicloud/credentials: ram_role_arn over https, with one variable set', async () => {
  const program = `
    const { default: Credential, Config } = require('@alicloud/credentials');
    const { STS_HOST: stsEndpoint, KEY: accessKeyId, SECRET: accessKeySecret } = process.env;
    const config = new Config({ type: 'ram_role_arn', accessKeyId, accessKeySecret, roleArn: '${arn}', roleSessionName: 'conformance', stsEndpoint });
    new Credential(config).getCredential().then(({ accessKeyId, securityToken }) =>
      console.log(JSON.stringify({ accessKeyId, token: securityToken.length > 0 })));`;
  const found = await elsewhere(cloud, program, keys);
  expect(found).toEqual({ accessKeyId: expect.stringMatching(/^STS\./), token: true });
});

it('ali-mns, whose hosts the local cloud answers as a proxy', async () => {
  if (!cloud.live) vi.stubEnv('http_proxy', cloud.url('mns'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const name = cloud.name('ali-mns');
  const { queues, queue } = aliMns(cloud, name);
  cloud.cleanup.add(`queue ${name}`, () => mnsClient(cloud).deleteQueue(name));
  await queues.createP(name);
  const body = 'a < b & 説明';
  const { Message: sent } = await queue.sendP(body);
  const { Message: received } = await queue.recvP(5);
  expect(received).toMatchObject({ MessageId: sent.MessageId, MessageBody: body });
  await queue.deleteP(received['ReceiptHandle'] ?? '');
  await expect(queue.recvP(0)).rejects.toMatchObject({ Error: { Code: 'MessageNotExist' } });
});
