import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { bareCloud, NOW } from './bare.ts';
import { http, timer, topic } from './setup.ts';

const FC = `acs:fc:cn-hangzhou:${OWNER}`;
const AT = '2026-11-30T10:00:00.000Z';
const LATER = '2026-11-30T10:00:01.000Z';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ID = new RegExp(`^1-${(NOW / 1000).toString(16)}-fc-[0-9a-f]+$`);

const plain = {
  functionName: 'f',
  functionArn: `${FC}:functions/f`,
  functionId: expect.stringMatching(UUID),
  runtime: 'nodejs20',
  handler: 'index.handler',
  cpu: 0.35,
  memorySize: 512,
  diskSize: 512,
  timeout: 3,
  instanceConcurrency: 1,
  environmentVariables: {},
  description: '',
  internetAccess: true,
  codeChecksum: expect.stringMatching(/^\d+$/),
  codeSize: expect.any(Number),
  createdTime: AT,
  lastModifiedTime: AT,
  state: 'Active',
  lastUpdateStatus: 'Successful',
};

describe('a function', () => {
  it('is shown whole, with the defaults that were not sent', async () => {
    const { made, ask } = bareCloud();
    const answer = await made({ description: null, resourceGroupId: null });
    const headers = { 'content-type': 'application/json', 'x-fc-request-id': expect.stringMatching(ID) };
    expect(answer).toStrictEqual({ status: 200, headers, body: plain });
    expect((await ask('GET /functions/f?qualifier=')).body).toStrictEqual(plain);
    expect((await ask('GET /functions/f?qualifier=LATEST')).body).toStrictEqual(plain);
    expect((await ask('GET /functions')).body).toStrictEqual({ functions: [plain] });
  });

  it('is shown with its hooks, tags and words; an update leaves alone what it does not say', async () => {
    const { made, ask, clock } = bareCloud();
    const given = {
      description: 'd',
      internetAccess: false,
      resourceGroupId: 'rg',
      role: `acs:ram::${OWNER}:role/worker`,
      cpu: 16,
      memorySize: 32_768,
      diskSize: 10_240,
      timeout: 86_400,
      environmentVariables: { A: '1' },
      logConfig: { project: 'p', logstore: 'l' },
      vpcConfig: { vpcId: 'v' },
      instanceIsolationMode: 'SHARE',
      sessionAffinity: 'NONE',
    };
    const hooks = { initializer: { handler: 'index.init' }, preStop: { handler: 'index.stop', timeout: 9 } };
    const { initializer, preStop } = hooks;
    const shown = {
      ...plain,
      ...given,
      instanceLifecycleConfig: { initializer: { ...initializer, timeout: 3 }, preStop },
      tags: [{ Key: 'a', Value: '' }],
    };
    const sent = { ...given, instanceLifecycleConfig: hooks, tags: [{ Key: 'a' }] };
    expect((await made(sent)).body).toStrictEqual(shown);
    clock.advance(1_000);
    expect((await ask('PUT /functions/f', { code: null, timeout: 4, tags: [] })).body).toStrictEqual({
      ...shown,
      timeout: 4,
      lastModifiedTime: LATER,
    });
  });

  it('that is deleted is answered by nothing', async () => {
    const { made, ask } = bareCloud();
    await made();
    await ask('POST /functions/f/triggers', timer('@every 1h'));
    await ask('POST /functions/f/triggers', topic());
    const gone = { status: 204, headers: { 'x-fc-request-id': expect.stringMatching(ID) }, body: null };
    expect(await ask('DELETE /functions/f/triggers/tick')).toStrictEqual(gone);
    expect(await ask('DELETE /functions/f')).toStrictEqual(gone);
  });
});

it('triggers are shown whole; what they do not have is left out', async () => {
  const { made, ask, clock } = bareCloud();
  await made();
  const shown = {
    triggerId: expect.stringMatching(UUID),
    qualifier: 'LATEST',
    description: '',
    httpTrigger: {},
    createdTime: AT,
    lastModifiedTime: AT,
  };
  const rows = [
    timer('@every 1h', 'a'),
    http(),
    { ...topic(), description: 'd', invocationRole: `acs:ram::${OWNER}:role/r`, qualifier: 'LATEST' },
  ];
  for (const row of rows)
    expect((await ask('POST /functions/f/triggers', row)).body).toStrictEqual({ ...shown, ...row });
  const { body } = await ask('GET /functions/f/triggers');
  expect(new Set(body.triggers.map(({ triggerId }: { triggerId: string }) => triggerId)).size).toBe(3);
  clock.advance(1_000);
  const emptied = { ...rows[2], description: '', invocationRole: '', qualifier: null };
  const changed = await ask('PUT /functions/f/triggers/requests', emptied);
  const { invocationRole: _none, ...left } = { ...rows[2], invocationRole: '' };
  expect(changed.body).toStrictEqual({ ...shown, ...left, description: '', lastModifiedTime: LATER });
});

it('an asynchronous configuration keeps when it was made; a limit says whose it is', async () => {
  const { made, ask, clock } = bareCloud();
  await made();
  const place = '/functions/f/async-invoke-config';
  const shown = { functionArn: `${FC}:functions/f`, asyncTask: false, createdTime: AT, lastModifiedTime: AT };
  const given = { maxAsyncRetryAttempts: 8, maxAsyncEventAgeInSeconds: 604_800 };
  expect((await ask(`PUT ${place}`, { ...given, asyncTask: null })).body).toStrictEqual({
    ...shown,
    ...given,
  });
  clock.advance(1_000);
  const less = { asyncTask: true, maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 1 };
  const second = { ...shown, ...less, lastModifiedTime: LATER };
  expect((await ask(`PUT ${place}`, { ...less, functionName: 'f' })).body).toStrictEqual(second);
  expect((await ask(`GET ${place}`)).body).toStrictEqual(second);
  expect((await ask('GET /async-invoke-configs?functionName=f')).body).toStrictEqual({ configs: [second] });
  expect((await ask('GET /async-invoke-configs?functionName=g')).body).toStrictEqual({ configs: [] });
  const limit = { functionArn: `${FC}:functions/f`, reservedConcurrency: 300 };
  expect((await ask('PUT /functions/f/concurrency', { reservedConcurrency: 300 })).body).toStrictEqual(limit);
  expect((await ask('GET /functions/f/concurrency')).body).toStrictEqual(limit);
});
