import { describe, expect, it } from 'vitest';
import { actionTrail } from '../../shared/alicloud/action-trail.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { functionCompute } from '../../shared/alicloud/fc.ts';
import { functionAdmin } from '../../shared/alicloud/fc-admin.ts';
import { invokeLater } from '../../shared/alicloud/fc-async.ts';
import { deployedFunction } from '../../shared/alicloud/fc-deployed.ts';
import { logMessages } from '../../shared/alicloud/logs.ts';
import { FC_ACTIONS } from '../../shared/alicloud/vendor-actions.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import { OWNER } from '../kit/accounts.ts';
import { callFaults, type SentCall } from './judge-calls.ts';
import { recorder } from './recorder.ts';

const REGION = 'cn-hangzhou';
const KEYS = { accessKeyId: 'x', accessKeySecret: 'x', securityToken: 'x' };
const credentials = new Credentials(KEYS, millis(0));
const patience = () => ({
  clock: systemClock,
  random: () => 0,
  deadline: millis(systemClock.now() + 60_000),
});

/** Every call of Function Compute and of Simple Log Service that functions and command line have. */
async function everyCall(): Promise<readonly SentCall[]> {
  const { url: endpoint, calls } = await recorder();
  const options = { ...patience(), accountId: OWNER, region: REGION, endpoint, credentials };
  const functions = functionCompute(options);
  await functions.invoke('verify', { all: true });
  await functions.describe('verify');
  await functions.triggers('verify');
  await deployedFunction(options, 'verify');
  const admin = functionAdmin(options);
  await admin.create('f', { role: 'acs:ram::1:role/r', zip: new Uint8Array(1) });
  expect(await admin.openHttp('f', 'http')).toBe('https://x');
  await admin.configure('f', 1, 'acs:mns:cn-hangzhou:1:/queues/q/messages');
  await admin.invokeLater('f', 'task');
  await admin.closeHttp('f', 'http');
  await admin.remove('f');
  const api = new Api({ ...patience(), credentials, endpoint });
  await invokeLater(api, { ownerUid: OWNER, region: REGION }, 'verify', { kind: 'x' });
  const store = { region: REGION, project: 'p', logstore: 'l', endpoint, credentials };
  for await (const _line of logMessages(store, { query: '*', from: 0, to: 1_000 }, patience()));
  return calls;
}

describe('every call that we make', () => {
  it('of Function Compute and Simple Log Service is as the vendor’s metadata has it', async () => {
    const calls = await everyCall();
    expect(calls.flatMap(callFaults)).toEqual([]);
    const made = new Set(calls.map(({ product, action }) => `${product} ${action}`));
    expect([...made].sort()).toEqual([...FC_ACTIONS.map((action) => `fc ${action}`), 'sls GetLogsV2']);
  });
});

describe('the call of ActionTrail', () => {
  it('is as the vendor’s metadata has it, and a wrong place or name is told', async () => {
    const { url: endpoint, calls } = await recorder(() => 'actiontrail');
    const trail = actionTrail(
      (deadline) => new Api({ ...patience(), deadline, credentials, endpoint }),
      REGION,
      { clock: systemClock, endpoint },
    );
    const until = millis(systemClock.now() + 1_000);
    await trail.read({ name: 'AssumeRole', from: millis(0), to: millis(1_000), until }, () => undefined);
    expect(calls.map(({ action }) => action)).toContain('LookupEvents');
    expect(calls.flatMap(callFaults)).toEqual([]);
    const [sent] = calls;
    const seeded =
      sent === undefined ? [] : callFaults({ ...sent, query: { Attribute: 'x' }, form: { MaxResults: '1' } });
    expect(seeded).toEqual([
      'actiontrail LookupEvents: no parameter Attribute',
      'actiontrail LookupEvents: MaxResults in Body, the vendor has it in Query',
    ]);
  });
});

describe('a call that is not as the vendor has it is named', () => {
  const plain = { query: {}, form: {}, json: null, headers: {}, host: {} };
  const fc: SentCall = {
    ...plain,
    product: 'fc',
    version: '2023-03-30',
    action: 'ListTriggers',
    method: 'GET',
    path: '/2023-03-30/functions/f/triggers',
  };
  const sls: SentCall = {
    ...plain,
    product: 'sls',
    version: '2020-12-30',
    action: 'GetLogsV2',
    method: 'POST',
    path: '/logstores/l/logs',
    headers: { 'accept-encoding': 'gzip' },
    host: { project: 'p' },
    json: '{"from":0,"to":1}',
  };

  it('and one that is, is not', () => {
    expect([fc, sls].flatMap(callFaults)).toEqual([]);
  });

  it.each<[what: string, seeded: SentCall, named: string]>([
    ['an operation', { ...fc, action: 'ListTrigger' }, 'fc ListTrigger: no operation of 2023-03-30'],
    [
      'a path',
      { ...fc, path: '/2023-03-30/functions/triggers' },
      'fc ListTriggers: /2023-03-30/functions/triggers is not /2023-03-30/functions/[functionName]/triggers',
    ],
    ['a method', { ...fc, method: 'POST' }, 'fc ListTriggers: POST is not GET'],
    ['a type', { ...fc, query: { limit: 'all' } }, 'fc ListTriggers: limit is no Integer'],
    [
      'a parameter of the query in the body',
      { ...fc, form: { limit: '10' } },
      'fc ListTriggers: limit in Body, the vendor has it in Query',
    ],
    [
      'a header that another operation has',
      { ...fc, headers: { 'x-fc-invocation-type': 'Async' } },
      'fc ListTriggers: no parameter x-fc-invocation-type',
    ],
    ['a missing header', { ...sls, headers: {} }, 'sls GetLogsV2: Accept-Encoding is missing'],
    ['a missing project', { ...sls, host: {} }, 'sls GetLogsV2: project is missing'],
    [
      'a project in the query',
      { ...sls, host: {}, query: { project: 'p' } },
      'sls GetLogsV2: project in Query, the vendor has it in Host',
    ],
    ['a missing field', { ...sls, json: '{"from":0}' }, 'sls GetLogsV2: to is missing'],
    [
      'a field that there is not',
      { ...sls, json: '{"from":0,"to":1,"size":1}' },
      'sls GetLogsV2: no field size',
    ],
    [
      'the type of a field',
      { ...sls, json: '{"from":0,"to":1,"line":"1"}' },
      'sls GetLogsV2: line is no Number',
    ],
  ])('%s', (_what, seeded, named) => {
    expect(callFaults(seeded)).toEqual([named]);
  });
});
