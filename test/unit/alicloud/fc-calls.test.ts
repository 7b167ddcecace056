import { describe, expect, it } from 'vitest';
import { functionAdmin } from '../../../shared/alicloud/fc-admin.ts';
import { invokeLater } from '../../../shared/alicloud/fc-async.ts';
import { deployedFunction } from '../../../shared/alicloud/fc-deployed.ts';
import { refusalOfWrite } from '../../../shared/alicloud/lindorm.ts';
import { OWNER } from '../../kit/accounts.ts';
import { REGION } from './cloud.ts';
import { scriptedApi } from './scripted-api.ts';
import { cloudError, failure, patienceOf, planted, thrownBy } from './setup.ts';
import { json, type SayTo, type Seen, standIn } from './stand-in.ts';

async function told(...says: [SayTo, ...SayTo[]]) {
  const { url: endpoint, seen } = await standIn(...says);
  const options = { ...patienceOf(), accountId: OWNER, region: REGION, endpoint, credentials: planted() };
  return { options, admin: functionAdmin(options), seen };
}

/** What came over the wire: the operation, where to, and the body. */
const sent = (seen: readonly Seen[]) =>
  seen.map(({ method, url, body, headers }) => [
    headers['x-acs-action'],
    `${method} ${url.pathname}${url.search}`,
    body === '' ? null : JSON.parse(body),
  ]);

const refused = (status: number, Code: string) => json(status, { Code, Message: 'no', RequestId: '1-f' });
const AT = '/2023-03-30/functions';

describe('a function that is there for a minute', () => {
  it('is made, opened, configured and asked as the vendor’s pages say', async () => {
    const { admin, seen } = await told(
      json(200, {}),
      json(200, { httpTrigger: { urlInternet: 'https://f.example' } }),
      json(200, {}),
      { status: 202 },
    );
    await admin.create('f', { role: 'acs:ram::1:role/r', zip: Buffer.from('zip') });
    expect(await admin.openHttp('f', 'http')).toBe('https://f.example');
    await admin.configure('f', 2, 'acs:mns:cn-hangzhou:1:/queues/q/messages');
    await admin.invokeLater('f', 'task-1');
    expect(sent(seen)).toEqual([
      [
        'CreateFunction',
        `POST ${AT}`,
        {
          functionName: 'f',
          runtime: 'nodejs20',
          handler: 'index.handler',
          role: 'acs:ram::1:role/r',
          code: { zipFile: 'emlw' },
        },
      ],
      [
        'CreateTrigger',
        `POST ${AT}/f/triggers`,
        {
          triggerName: 'http',
          triggerType: 'http',
          triggerConfig: '{"authType":"anonymous","methods":["POST"]}',
        },
      ],
      [
        'PutAsyncInvokeConfig',
        `PUT ${AT}/f/async-invoke-config?qualifier=LATEST`,
        {
          asyncTask: true,
          maxAsyncRetryAttempts: 2,
          destinationConfig: { onFailure: { destination: 'acs:mns:cn-hangzhou:1:/queues/q/messages' } },
        },
      ],
      ['InvokeFunction', `POST ${AT}/f/invocations`, {}],
    ]);
    expect(seen[3]?.headers).toMatchObject({
      'x-fc-invocation-type': 'Async',
      'x-fc-async-task-id': 'task-1',
      'x-acs-version': '2023-03-30',
    });
  });

  it('is taken away, trigger and all, and is away if it was not there', async () => {
    const { admin, seen } = await told(
      { status: 204 },
      { status: 204 },
      refused(404, 'TriggerNotFound'),
      refused(404, 'FunctionNotFound'),
    );
    for (const _round of ['there', 'not there']) {
      await admin.closeHttp('f', 'http');
      await admin.remove('f');
    }
    expect(sent(seen).map(([operation, place]) => [operation, place])).toEqual([
      ['DeleteTrigger', `DELETE ${AT}/f/triggers/http`],
      ['DeleteFunction', `DELETE ${AT}/f`],
      ['DeleteTrigger', `DELETE ${AT}/f/triggers/http`],
      ['DeleteFunction', `DELETE ${AT}/f`],
    ]);
  });

  it('is not away where the service refused', async () => {
    const { admin } = await told(refused(403, 'AccessDenied'));
    expect(await thrownBy(admin.remove('f'))).toMatchObject({
      failure: { what: 'Function Compute DeleteFunction f', code: 'AccessDenied', status: 403 },
    });
    expect(await thrownBy(admin.closeHttp('f', 't'))).toMatchObject({ failure: { code: 'AccessDenied' } });
  });

  it('has no address where the service names none', async () => {
    const { admin } = await told(json(200, { httpTrigger: {} }));
    expect(await thrownBy(admin.openHttp('f', 't'))).toMatchObject({
      message:
        'Function Compute CreateTrigger f: the answer does not have the documented shape (at "httpTrigger.urlInternet")',
    });
  });

  it('is not made twice where an answer is lost', async () => {
    const { admin, seen } = await told('hang up');
    expect(await thrownBy(admin.create('f', { role: 'r', zip: new Uint8Array(1) }))).toMatchObject({
      failure: { code: 'ECONNRESET', status: 0 },
    });
    expect(seen).toHaveLength(1);
  });
});

describe('a function that is run later', () => {
  it('gets its event by a call without an answer', async () => {
    const { api, calls } = scriptedApi('');
    await invokeLater(api, { ownerUid: OWNER, region: REGION }, 'verify', { kind: 'x' });
    expect(calls).toEqual([
      {
        service: 'Function Compute',
        version: '2023-03-30',
        action: 'InvokeFunction',
        host: `${OWNER}.cn-hangzhou.fc.aliyuncs.com`,
        pathname: '/2023-03-30/functions/verify/invocations',
        body: 'json',
        payload: { kind: 'x' },
        headers: { 'x-fc-invocation-type': 'Async' },
        answers: 'none',
      },
    ]);
  });

  it('is not taken for started where the service refused', async () => {
    const { api } = scriptedApi(cloudError({ code: 'FunctionNotFound', status: 404 }));
    expect(await thrownBy(invokeLater(api, { ownerUid: OWNER, region: REGION }, 'verify', {}))).toMatchObject(
      {
        failure: { code: 'FunctionNotFound' },
      },
    );
  });
});

describe('a deployed function', () => {
  const config = { runtime: 'nodejs20', handler: 'index.handler' };
  const trigger = (triggerName: string) => ({ triggerName, triggerType: 'timer' });

  it('is none where there is none, and nothing else is asked', async () => {
    const { options, seen } = await told(refused(404, 'FunctionNotFound'));
    expect(await deployedFunction(options, 'verify')).toBeNull();
    expect(sent(seen)).toEqual([['GetFunction', `GET ${AT}/verify`, null]]);
  });

  it('that has neither triggers nor settings has none', async () => {
    const { options, seen } = await told(json(200, config), refused(404, 'NotFound'));
    expect(await deployedFunction(options, 'verify')).toEqual({
      config,
      triggers: [],
      asyncConfig: null,
      reservedConcurrency: null,
    });
    expect(
      sent(seen)
        .map(([operation, place]) => [operation, place])
        .sort(),
    ).toEqual([
      ['GetAsyncInvokeConfig', `GET ${AT}/verify/async-invoke-config?qualifier=LATEST`],
      ['GetConcurrencyConfig', `GET ${AT}/verify/concurrency`],
      ['GetFunction', `GET ${AT}/verify`],
      ['ListTriggers', `GET ${AT}/verify/triggers?limit=100`],
    ]);
  });

  it('is read with every page of its triggers', async () => {
    const pages = [
      { triggers: [trigger('a')], nextToken: 'n1' },
      { triggers: [trigger('b')], nextToken: '' },
    ];
    const answers: Readonly<Record<string, () => object | undefined>> = {
      GetFunction: () => ({ ...config, more: 1 }),
      ListTriggers: () => pages.shift(),
      GetAsyncInvokeConfig: () => ({
        asyncTask: true,
        maxAsyncRetryAttempts: 2,
        destinationConfig: { onSuccess: { destination: 'a' }, onFailure: { destination: 'b' } },
      }),
      GetConcurrencyConfig: () => ({ reservedConcurrency: 5 }),
    };
    const { options, seen } = await told(({ headers }) =>
      json(200, answers[String(headers['x-acs-action'])]?.()),
    );
    expect(await deployedFunction(options, 'verify')).toEqual({
      config,
      triggers: [trigger('a'), trigger('b')],
      asyncConfig: {
        asyncTask: true,
        maxAsyncRetryAttempts: 2,
        destinationConfig: { onSuccess: { destination: 'a' }, onFailure: { destination: 'b' } },
      },
      reservedConcurrency: 5,
    });
    const listings = seen.filter(({ url }) => url.pathname.endsWith('/triggers'));
    expect(listings.map(({ url }) => url.search)).toEqual(['?limit=100', '?limit=100&nextToken=n1']);
  });

  it.each([
    ['GetFunction', [json(200, { runtime: 'nodejs20' })], 'handler'],
    ['GetFunction', [json(200, { ...config, logConfig: { project: 7 } })], 'logConfig.project'],
    ['ListTriggers', [json(200, config), json(200, { reservedConcurrency: 1 })], 'triggers'],
  ] as const)('of which %s says another shape is not guessed at', async (operation, says, place) => {
    const [first, ...more] = says;
    const { options } = await told(first, ...more);
    expect(await thrownBy(deployedFunction(options, 'verify'))).toMatchObject({
      message: `Function Compute ${operation} verify: the answer does not have the documented shape (at "${place}")`,
    });
  });

  it('that may not be read is not taken for none', async () => {
    const { options } = await told(refused(403, 'AccessDenied'));
    expect(await thrownBy(deployedFunction(options, 'verify'))).toMatchObject({
      failure: { what: 'Function Compute GetFunction verify', code: 'AccessDenied' },
    });
  });
});

describe('what Lindorm says to a write of an instance that there is not', () => {
  const refusal = failure({
    what: 'Lindorm UpdateInstanceIpWhiteList',
    code: 'Instance.NotFound',
    status: 404,
  });

  it('is its refusal', async () => {
    const { api, calls } = scriptedApi(cloudError(refusal));
    expect(await refusalOfWrite(api, REGION, 'ld-none')).toEqual(refusal);
    expect(calls).toEqual([
      {
        service: 'Lindorm',
        version: '2020-06-15',
        action: 'UpdateInstanceIpWhiteList',
        host: 'hitsdb.cn-hangzhou.aliyuncs.com',
        parameters: { InstanceId: 'ld-none', SecurityIpList: '127.0.0.1' },
      },
    ]);
  });

  it('is none where it did it, and no refusal where nobody answered', async () => {
    expect(await refusalOfWrite(scriptedApi({}).api, REGION, 'ld-none')).toBeNull();
    const error = new Error('no answer');
    expect(await thrownBy(refusalOfWrite(scriptedApi(error).api, REGION, 'ld-none'))).toBe(error);
  });
});
