import { expect, it } from 'vitest';
import { fcOperations } from '../../../../local/cloud/fc/index.ts';
import { DeployClient } from '../../../../local/deploy/client.ts';
import { endpointOf } from '../../../../local/deploy/endpoint.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser } from '../../../kit/two-accounts.ts';
import { type Body, callBy, emptyCloud, http, REGION, saying } from './setup.ts';

const FC = `acs:fc:${REGION}:${OWNER}`;

const tagged = { ResourceType: 'function', ResourceId: [`${FC}:functions/f`] };

/** Action and resource by the vendor's manual; what the request says, where the operation needs to be told something. */
const RIGHTS: readonly (readonly [operation: string, action: string, resource: string, body?: Body])[] = [
  ['CreateFunction', 'fc:CreateFunction', 'functions/f', saying('{}')],
  ['GetFunction', 'fc:GetFunction', 'functions/f'],
  ['UpdateFunction', 'fc:UpdateFunction', 'functions/f', {}],
  ['ListFunctions', 'fc:ListFunctions', 'functions/*'],
  ['InvokeFunction', 'fc:InvokeFunction', 'functions/f'],
  ['CreateTrigger', 'fc:CreateTrigger', 'functions/f/triggers/http', http()],
  ['GetTrigger', 'fc:GetTrigger', 'functions/f/triggers/http'],
  ['UpdateTrigger', 'fc:UpdateTrigger', 'functions/f/triggers/http', {}],
  ['ListTriggers', 'fc:ListTriggers', 'functions/f/triggers/*'],
  ['DeleteTrigger', 'fc:DeleteTrigger', 'functions/f/triggers/http'],
  ['PutAsyncInvokeConfig', 'fc:PutFunctionAsyncInvokeConfig', 'functions/f', {}],
  ['GetAsyncInvokeConfig', 'fc:GetFunctionAsyncInvokeConfig', 'functions/f'],
  ['ListAsyncInvokeConfigs', 'fc:ListFunctionAsyncInvokeConfigs', 'async-invoke-configs/*'],
  ['DeleteAsyncInvokeConfig', 'fc:DeleteFunctionAsyncInvokeConfig', 'functions/f'],
  ['PutConcurrencyConfig', 'fc:PutConcurrencyConfig', 'functions/f', { reservedConcurrency: 1 }],
  ['GetConcurrencyConfig', 'fc:GetConcurrencyConfig', 'functions/f'],
  ['DeleteConcurrencyConfig', 'fc:DeleteConcurrencyConfig', 'functions/f'],
  ['ListVpcBindings', 'fc:ListVpcBindings', 'functions/f/vpc-bindings/*'],
  ['GetScalingConfig', 'fc:GetScalingConfig', 'functions/f'],
  ['ListScalingConfigs', 'fc:ListScalingConfigs', 'scaling-configs/*'],
  ['GetProvisionConfig', 'fc:GetProvisionConfig', 'functions/f'],
  ['ListAliases', 'fc:ListAliases', 'functions/f/aliases/*'],
  ['ListFunctionVersions', 'fc:ListFunctionVersions', 'functions/f/versions/*'],
  ['TagResources', 'fc:TagResources', 'functions/f', { ...tagged, Tag: [{ Key: 'a' }] }],
  ['ListTagResources', 'fc:ListTagResources', 'functions/f', tagged],
  ['UntagResources', 'fc:UntagResources', 'functions/f', { ...tagged, All: 'true' }],
  ['DeleteFunction', 'fc:DeleteFunction', 'functions/f'],
];

it('every operation needs its own right, on its own resource', async () => {
  const { world, account } = emptyCloud();
  let user = 0;
  const clientWith = (action: string, resource: string): DeployClient => {
    user += 1;
    const { keys } = addUser(account, `user-${user}`, {
      Effect: 'Allow',
      Action: action,
      Resource: resource,
    });
    return new DeployClient(endpointOf(world, account), keys);
  };
  for (const [operation, action, resource, body] of RIGHTS) {
    const call = (client: DeployClient) => callBy(client, operation, ['f', 'http'], body);
    const denied = { status: 403, code: 'AccessDenied' };
    await expect(call(clientWith(action, `${FC}:functions/g`)), operation).rejects.toMatchObject(denied);
    await expect(call(clientWith('fc:Tag', '*')), operation).rejects.toMatchObject(denied);
    await expect(call(clientWith(action, `${FC}:${resource}`)), operation).resolves.not.toBeNull();
  }
  const told = RIGHTS.map(([operation]) => operation);
  expect([...told, 'GetTempBucketToken'].sort()).toEqual(fcOperations.map(({ name }) => name).sort());
});

it('AliyunFCFullAccess lets a role be passed to functions', async () => {
  const { world, account } = emptyCloud();
  const { keys } = addUser(account, 'deployer');
  const user = account.ram.findUser('deployer');
  if (user === undefined) throw new Error('no user');
  const attachDate = world.clock.now();
  user.attachments = [{ policyName: 'AliyunFCFullAccess', policyType: 'System', attachDate }];
  const deployer = new DeployClient(endpointOf(world, account), keys);
  const body = { ...saying('one'), role: `acs:ram::${OWNER}:role/worker` };
  await callBy(deployer, 'CreateFunction', [], body);
  expect([...account.fc.functions.keys()]).toEqual(['f']);
});

it('a role is given away by who may pass it', async () => {
  const { world, account, call } = emptyCloud();
  const role = `acs:ram::${OWNER}:role/worker`;
  const { keys } = addUser(account, 'deployer', { Effect: 'Allow', Action: 'fc:*', Resource: '*' });
  const deployer = new DeployClient(endpointOf(world, account), keys);
  const create = (body: Body) => callBy(deployer, 'CreateFunction', [], { ...saying('one'), ...body });
  await expect(create({ role })).rejects.toMatchObject({ code: 'AccessDenied' });
  await create({});
  await expect(callBy(deployer, 'UpdateFunction', ['f'], { role })).rejects.toMatchObject({
    code: 'AccessDenied',
  });
  const trigger = { ...http(), invocationRole: role };
  await expect(callBy(deployer, 'CreateTrigger', ['f'], trigger)).rejects.toMatchObject({
    code: 'AccessDenied',
  });
  expect(await call('UpdateFunction', ['f'], { role })).toMatchObject({ role });
});
