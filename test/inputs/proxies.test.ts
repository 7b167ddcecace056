import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainCloud } from '../../client/explain.ts';
import { createRequester } from '../../client/requester.ts';
import { mnsEndpoint } from '../../shared/alicloud/account-hosts.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { dms } from '../../shared/alicloud/dms.ts';
import { functionCompute } from '../../shared/alicloud/fc.ts';
import { queue } from '../../shared/alicloud/queue.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { sts } from '../../shared/alicloud/sts.ts';
import { throughProxies } from '../../shared/alicloud/through-proxies.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { runCli } from '../kit/cli.ts';
import { type ConnectProxy, connectProxy } from '../kit/connect-proxy.ts';

const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);
const KEYS = { accessKeyId: 'LTAItest', accessKeySecret: 'secret' };
const PASSWORD = 'p%40ss-w0rd';
let before: NodeJS.ProcessEnv;
let proxy: ConnectProxy;

beforeEach(async () => {
  before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
  for (const name of VARIABLES) delete process.env[name];
  proxy = await connectProxy(403);
});
afterEach(async () => {
  for (const name of VARIABLES) {
    delete process.env[name];
    if (before[name] !== undefined) process.env[name] = before[name];
  }
  await proxy.close();
});

const patience = () => ({
  clock: systemClock,
  random: Math.random,
  deadline: millis(systemClock.now() + 20_000),
});
const credentials = new Credentials(KEYS, millis(Number.MAX_SAFE_INTEGER));
const api = () => new Api({ ...patience(), credentials, endpoint: null });
const messages = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'it was answered',
    (error: unknown) => explainCloud(error) ?? String(error),
  );
/** A call of each of the vendor's clients, with the host that it is made to. */
const CALLS: readonly (readonly [host: string, call: () => Promise<unknown>])[] = [
  ['sts.cn-hangzhou.aliyuncs.com', () => sts(api(), 'cn-hangzhou').accountId()],
  ['ram.aliyuncs.com', () => ramLister(api()).roles()[Symbol.asyncIterator]().next()],
  ['dms-enterprise.aliyuncs.com', () => dms(api(), 'cn-hangzhou').reach()],
  [
    `${OWNER}.cn-hangzhou.fc.aliyuncs.com`,
    () =>
      functionCompute({
        ...patience(),
        accountId: OWNER,
        region: 'cn-hangzhou',
        endpoint: `https://${OWNER}.cn-hangzhou.fc.aliyuncs.com`,
        credentials,
      }).describe('x'),
  ],
  [
    `${OWNER}.mns.cn-hangzhou.aliyuncs.com`,
    () =>
      queue(
        'q',
        { accountId: OWNER, endpoint: mnsEndpoint(OWNER, 'cn-hangzhou'), credentials },
        patience(),
      ).receive(0),
  ],
];

describe('a proxy of the environment', () => {
  it.each(CALLS)('is asked for %s', async (host, call) => {
    process.env['HTTPS_PROXY'] = proxy.url;
    await throughProxies();
    const said = await messages(call());
    expect(
      proxy.asked.map((one) => one.replace(/^dms-enterprise\..*:443$/, 'dms-enterprise.aliyuncs.com:443')),
    ).toEqual([`${host}:443`]);
    expect(said).toContain(
      `the proxy 127.0.0.1:${new URL(proxy.url).port} of HTTPS_PROXY did not make the connection`,
    );
  });

  it.each([
    ['https_proxy', {}, 1],
    ['ALL_PROXY', {}, 1],
    ['all_proxy', {}, 1],
    ['HTTP_PROXY', {}, 0],
    ['HTTPS_PROXY', { NO_PROXY: '*' }, 0],
    ['HTTPS_PROXY', { no_proxy: 'sts.cn-hangzhou.aliyuncs.com' }, 0],
    ['HTTPS_PROXY', { NO_PROXY: '.aliyuncs.com' }, 0],
    ['HTTPS_PROXY', { NO_PROXY: 'localhost, aliyuncs.com' }, 0],
    ['HTTPS_PROXY', { NO_PROXY: 'sts.cn-hangzhou.aliyuncs.com:8443' }, 1],
    ['HTTPS_PROXY', { NO_PROXY: 'ts.aliyuncs.com,example.com' }, 1],
  ] as const)('as %s beside %j is asked %i times', async (name, more, times) => {
    Object.assign(process.env, { [name]: proxy.url }, more);
    await throughProxies();
    // Without a proxy nothing may leave this machine, so no call is made there.
    if (times === 1) await messages(sts(api(), 'cn-hangzhou').accountId());
    else {
      const { agentFor } = await import('../../shared/alicloud/proxy.ts');
      expect(agentFor({ host: 'sts.cn-hangzhou.aliyuncs.com', port: 443 }, true)).toBeNull();
    }
    expect(proxy.asked).toHaveLength(times);
  });

  it('gets its name and password, which no message shows', async () => {
    await proxy.close();
    proxy = await connectProxy(407);
    process.env['HTTPS_PROXY'] = proxy.url.replace('://', `://dba:${PASSWORD}@`);
    await throughProxies();
    const said = await messages(sts(api(), 'cn-hangzhou').accountId());
    expect(proxy.authorization).toEqual([`Basic ${Buffer.from('dba:p@ss-w0rd').toString('base64')}`]);
    expect(said).toContain('asks for a name and a password');
    expect(said).not.toMatch(/p@ss|p%40ss|dba:/);
  });

  it('is left aside for this machine, so that the local cloud is reached', async () => {
    const { agentFor } = await import('../../shared/alicloud/proxy.ts');
    process.env['HTTP_PROXY'] = proxy.url;
    process.env['HTTPS_PROXY'] = proxy.url;
    for (const host of ['127.0.0.1', 'localhost', '::1', '100.100.100.200'])
      expect([agentFor({ host, port: 80 }, false), agentFor({ host, port: 443 }, true)]).toEqual([
        null,
        null,
      ]);
  });

  it('without a scheme is spoken to in plain HTTP', async () => {
    process.env['HTTPS_PROXY'] = proxy.url.replace('http://', '');
    await throughProxies();
    await messages(sts(api(), 'cn-hangzhou').accountId());
    expect(proxy.asked).toEqual(['sts.cn-hangzhou.aliyuncs.com:443']);
  });

  it.each(['http://', 'http://us er:hunter2@[bad', 'socks5://u:hunter2@h:1', 'http://h:hunter2'])(
    'that is none is refused before anything is sent, its value not shown: %s',
    async (value) => {
      process.env['HTTPS_PROXY'] = value;
      await expect(throughProxies()).rejects.toThrow(/^HTTPS_PROXY /);
      await expect(throughProxies()).rejects.not.toThrow(/hunter2/);
    },
  );

  it('is used by the client', async () => {
    process.env['HTTPS_PROXY'] = proxy.url;
    const requester = createRequester({
      ownerUid: OWNER,
      requesterUid: REQUESTER,
      credentials: async () => KEYS,
    });
    await expect(requester.send('grant', { engines: ['redis'] })).rejects.toMatchObject({ code: 'cloud' });
    expect(proxy.asked).toEqual(['sts.cn-hangzhou.aliyuncs.com:443']);
  });

  it('is used by the command line', async () => {
    const env = {
      HTTPS_PROXY: proxy.url.replace('://', `://dba:${PASSWORD}@`),
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAItest',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret',
    };
    const ended = await runCli(['list'], { env });
    expect([ended.code, proxy.asked]).toEqual([1, ['sts.cn-hangzhou.aliyuncs.com:443']]);
    expect(ended.stderr).toContain('did not make the connection');
    expect(ended.stderr).not.toMatch(/p@ss|p%40ss/);
  });
});
