import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalCloud, type LocalCloudSettings, startLocalCloud } from '../../../local/index.ts';
import { callApi } from './http/clients.ts';

let cloud: LocalCloud | null = null;
afterEach(async () => {
  await cloud?.close();
  cloud = null;
});

async function started(settings: LocalCloudSettings = {}): Promise<LocalCloud> {
  cloud = await startLocalCloud(settings);
  return cloud;
}

const ask = (at: LocalCloud, action: string, query: Record<string, string> = {}, version = '2015-05-01') => {
  const { endpoint, accessKeyId, accessKeySecret } = at.account();
  if (endpoint === null) throw new Error('no port');
  return callApi({ url: endpoint }, { accessKeyId, accessKeySecret }, { version, action, query });
};

/** The examples of the page, by the word that each begins with. */
function example(word: string): string {
  const page = readFileSync('docs/use/local-cloud-in-tests.md', 'utf8');
  const code = new RegExp(`\`\`\`ts\n// ${word}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (code === undefined) throw new Error(`the page has no example ${word}`);
  return code;
}

type Step = () => unknown;
const AsyncFunction = (async () => undefined).constructor as new (
  ...words: string[]
) => (...values: unknown[]) => Promise<unknown>;

describe('the page', () => {
  it('has an example with vitest and the RAM client that runs as it stands', async () => {
    const load = createRequire(import.meta.url);
    const steps: Record<'before' | 'after' | 'test', Step> = { before: Step0, after: Step0, test: Step0 };
    const body = example('vitest').replaceAll(/^(import|const load) .*\n/gm, '');
    const asserted: unknown[] = [];
    const values = {
      load,
      startLocalCloud,
      expect: (value: unknown) => {
        asserted.push(value);
        return expect(value);
      },
      beforeAll: (step: Step) => Object.assign(steps, { before: step }),
      afterAll: (step: Step) => Object.assign(steps, { after: step }),
      it: (_title: string, step: Step) => Object.assign(steps, { test: step }),
    };
    await new AsyncFunction(...Object.keys(values), body)(...Object.values(values));
    for (const step of [steps.before, steps.test, steps.after]) await step();
    expect(asserted).toHaveLength(2);
  });

  it('has an example of faults that does what the page says', async () => {
    const at = await started();
    const lines = example('faults').trim().split('\n');
    const run = (line = '') => new AsyncFunction('cloud', line)(at);
    await run(lines[0]);
    await expect(ask(at, 'CreateUser', { UserName: 'bob' })).rejects.toMatchObject({
      code: 'Throttling.User',
    });
    await ask(at, 'CreateUser', { UserName: 'bob' });
    await run(lines[1]);
    await expect(ask(at, 'GetUser', { UserName: 'bob' })).rejects.toThrow(/socket hang up|ECONNRESET/);
    await ask(at, 'GetUser', { UserName: 'bob' });
    for (const line of lines.slice(2)) await run(line);
    expect(at.calls()).toEqual([]);
  });
});

const Step0: Step = () => {
  throw new Error('the example has no such step');
};

describe('startLocalCloud', () => {
  it('has any number of accounts, each with an administrator and its own keys', async () => {
    const at = await started({ accounts: ['1', '2', '3'], region: 'eu-west-1' });
    expect(at.accounts.map(({ uid }) => uid)).toEqual(['1', '2', '3']);
    expect(new Set(at.accounts.map(({ endpoint }) => endpoint)).size).toBe(3);
    const { endpoint, root } = at.account('3');
    const sts = { version: '2015-04-01', action: 'GetCallerIdentity' };
    expect(await callApi({ url: endpoint ?? '' }, root, sts)).toMatchObject({ Arn: 'acs:ram::3:root' });
    expect(() => at.account('4')).toThrow('no account 4; it has 1, 2, 3');
  });

  it('has two accounts of cn-hangzhou where nothing is asked for', async () => {
    const { region, accounts, ca } = await started();
    expect({ region, ca }).toEqual({ region: 'cn-hangzhou', ca: null });
    expect(accounts.map(({ uid, endpointTls }) => [uid, endpointTls])).toEqual([
      ['2000000000000002', null],
      ['1000000000000001', null],
    ]);
  });

  it.each([
    [['x'], '"x"'],
    [['1', 'x1'], '"x1"'],
    [['1x'], '"1x"'],
    [['12345678901234567'], '"12345678901234567"'],
    [['1', '1'], '"1"'],
    [[], '[]'],
  ])('refuses the accounts %j', async (accounts, shown) => {
    await expect(startLocalCloud({ accounts })).rejects.toThrow(
      new Error(`accounts: expected UIDs of 1 to 16 digits, each once, not ${shown}`),
    );
  });

  it('remembers as many calls as it is told to', async () => {
    const at = await started({ keep: 2 });
    for (let n = 0; n < 4; n += 1) await ask(at, 'GetUser', { UserName: 'administrator' });
    expect(at.calls()).toHaveLength(2);
  });

  it('serves the addresses of functions, and starts them when their timers say so', async () => {
    const at = await started();
    const { endpoint, ...keys } = at.account();
    const made = (pathname: string, json: Record<string, unknown>) =>
      callApi({ url: endpoint ?? '' }, keys, {
        version: '2023-03-30',
        action: 'Create',
        style: 'ROA',
        pathname,
        json,
      });
    const source = `let ran = 0; exports.handler = async () => ({ statusCode: 200, body: String(++ran) });`;
    const code = { zipFile: Buffer.from(zipSync({ 'index.js': Buffer.from(source) })).toString('base64') };
    const f = { functionName: 'f', runtime: 'nodejs20', handler: 'index.handler', code };
    await made('/2023-03-30/functions', f);
    const config = JSON.stringify({ authType: 'anonymous', methods: ['GET'] });
    const http = { triggerName: 'http', triggerType: 'http', triggerConfig: config };
    const { httpTrigger } = await made('/2023-03-30/functions/f/triggers', http);
    const url = String(Object(httpTrigger)['urlInternet']);
    expect(await (await fetch(url)).text()).toBe('1');
    const timer = JSON.stringify({ cronExpression: '@every 1h', enable: true, payload: '' });
    await made('/2023-03-30/functions/f/triggers', {
      triggerName: 't',
      triggerType: 'timer',
      triggerConfig: timer,
    });
    at.advance(3_600_000);
    await new Promise((resolve) => setImmediate(resolve));
    await at.idle();
    expect(await (await fetch(url)).text()).toBe('3');
  });

  it('answers the hosts of the vendor in process', async () => {
    const at = await started({ transport: 'in-process' });
    const { accessKeyId, accessKeySecret } = at.account();
    const load = createRequire(import.meta.url);
    const { RPCClient } = load('@alicloud/pop-core') as {
      RPCClient: new (config: object) => { request(action: string): Promise<unknown> };
    };
    const keys = { accessKeyId, accessKeySecret };
    const client = new RPCClient({ ...keys, endpoint: 'https://sts.aliyuncs.com', apiVersion: '2015-04-01' });
    expect(await client.request('GetCallerIdentity')).toMatchObject({ AccountId: at.account().uid });
    expect(at.calls('sts')).toMatchObject([{ operation: 'GetCallerIdentity', status: 200 }]);
    expect(at.account().endpoint).toBeNull();
  });

  it('moves its clock ahead, and signatures keep real time', async () => {
    const at = await started();
    await ask(at, 'GetUser', { UserName: 'administrator' });
    at.advance(86_400_000);
    await ask(at, 'GetUser', { UserName: 'administrator' });
    const [first, second] = at.calls('ram', 'GetUser');
    expect((second?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThanOrEqual(86_400_000);
  });

  it('an operation that is not there cannot be stubbed', async () => {
    const at = await started();
    expect(() => at.on('ram', 'MakeCoffee')).toThrow('no operation ram MakeCoffee');
  });
});
