import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeCertificate } from '../../../local/make-certificate.ts';
import { agentFor, startProxies } from '../../../shared/alicloud/proxy.ts';
import { namedProxy, namesProxies, proxySetting } from '../../../shared/alicloud/proxy-setting.ts';
import { throughProxies } from '../../../shared/alicloud/through-proxies.ts';
import { transported, transportThrough } from '../../../shared/alicloud/transport.ts';
import { connectProxy } from '../../kit/connect-proxy.ts';
import { thrownBy } from './setup.ts';

beforeEach(() => {
  for (const name of ['https_proxy', 'http_proxy', 'all_proxy', 'no_proxy'])
    for (const one of [name, name.toUpperCase()]) vi.stubEnv(one, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const stub = (variables: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

describe('the proxy of an environment', () => {
  it.each([
    [{}, null, false],
    [{ HTTPS_PROXY: '' }, null, false],
    [{ https_proxy: 'http://p:1' }, 'p:1 of https_proxy', true],
    [{ HTTPS_PROXY: 'http://p:1' }, 'p:1 of HTTPS_PROXY', true],
    [{ https_proxy: 'http://p:1', HTTPS_PROXY: 'http://q:2' }, 'p:1 of https_proxy', true],
    [{ https_proxy: '', HTTPS_PROXY: 'http://q:2' }, 'q:2 of HTTPS_PROXY', true],
    [{ all_proxy: 'http://p:1' }, 'p:1 of all_proxy', true],
    [{ ALL_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:2' }, 'q:2 of HTTPS_PROXY', true],
    [{ ALL_PROXY: 'https://u:secret@p:1' }, 'p:1 of ALL_PROXY', true],
    // Nothing that is called by https goes this way.
    [{ http_proxy: 'http://p:1' }, null, true],
    [{ HTTP_PROXY: 'http://p:1' }, null, true],
    [{ HTTPS_PROXY: ' p:1 ' }, 'p:1 of HTTPS_PROXY', true],
  ])('%j: %s, and whether there is one at all: %s', (environment, named, some) => {
    expect(namedProxy(environment)).toBe(named);
    expect(namesProxies(environment)).toBe(some);
  });

  it('is read from the process where no other is given', () => {
    expect([namedProxy(), namesProxies()]).toEqual([null, false]);
    stub({ ALL_PROXY: 'http://p:1' });
    expect([namedProxy(), namesProxies()]).toEqual(['p:1 of ALL_PROXY', true]);
  });

  const NONE =
    'is no address of a proxy (its value is not shown, it may hold a password); expected one such as http://proxy.example.com:3128, with user:password@ before the host where it asks for that, and signs such as @ or # in these written as %40, %23';
  it.each([
    ['HTTPS_PROXY', 'http://', `HTTPS_PROXY ${NONE}`],
    ['all_proxy', 'http://us er:hunter2@[bad', `all_proxy ${NONE}`],
    ['HTTP_PROXY', 'h:hunter2', `HTTP_PROXY ${NONE}`],
    ['ALL_PROXY', 'file:///x', `ALL_PROXY ${NONE}`],
    [
      'http_proxy',
      'socks5://u:hunter2@h:1',
      'http_proxy names a proxy for socks5, and only HTTP proxies are spoken to; give one with http:// or https://',
    ],
    [
      'HTTPS_PROXY',
      'xhttps://h:1',
      'HTTPS_PROXY names a proxy for xhttps, and only HTTP proxies are spoken to; give one with http:// or https://',
    ],
  ])('%s=%s is refused, and its value not shown', async (name, value, message) => {
    const environment = { [name]: value };
    expect(() => namesProxies(environment)).toThrow(
      expect.objectContaining({ name: 'ProxySettingError', message }),
    );
    expect(await thrownBy(throughProxies(environment))).toMatchObject({ message });
    if (value === 'http://') expect(namedProxy(environment)).toBeNull();
  });
});

describe('a setting that was found', () => {
  it.each([
    ['', true, {}, null],
    ['http://found:1', true, {}, 'http://found:1/'],
    // The package that finds it drops what it takes for no part of a host; so the variable itself is read.
    ['http://found:1', true, { https_proxy: 'p:1' }, 'http://p:1/'],
    ['http://found:1', true, { HTTPS_PROXY: 'http://u:w@p:1' }, 'http://u:w@p:1/'],
    ['http://found:1', true, { http_proxy: 'http://p:1' }, 'http://found:1/'],
    ['http://found:1', true, { http_proxy: 'http://p:1', all_proxy: 'http://q:2' }, 'http://q:2/'],
    ['http://found:1', false, { http_proxy: 'http://p:1', all_proxy: 'http://q:2' }, 'http://p:1/'],
    ['http://found:1', false, { https_proxy: 'http://p:1' }, 'http://found:1/'],
    ['http://found:1', true, { https_proxy: ' https://p:1 ' }, 'https://p:1/'],
    ['not a host', true, {}, null],
  ])('%j (secure: %s) beside %j is %s', (found, secure, environment, setting) => {
    stub(environment);
    expect(proxySetting(found, secure)?.href ?? null).toBe(setting);
  });
});

describe('the way to a host', () => {
  const way = (host: string | null | undefined, secure = true, port: number | undefined = 443) => {
    const agent = agentFor({ host, port }, secure);
    return agent === null ? null : `${agent.constructor.name} ${Reflect.get(agent, 'proxy')}`;
  };
  const PROXY = { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' };

  it('is through the proxy of its kind', () => {
    stub(PROXY);
    expect(way('sts.aliyuncs.com')).toBe('HttpsProxyAgent http://p:1/');
    expect(way('sts.aliyuncs.com', false, 80)).toBe('HttpProxyAgent http://q:2/');
    expect(way('2001:db8::1')).toBe('HttpsProxyAgent http://p:1/');
    expect(agentFor({ host: 'a.example' }, true)).toBeInstanceOf(HttpsProxyAgent);
    expect(agentFor({ host: 'a.example' }, false)).toBeInstanceOf(HttpProxyAgent);
  });

  it.each(['localhost', '127.0.0.1', '127.10.20.30', '::1', '[::1]', '100.100.100.200', null, undefined])(
    'to %s, which is near, is no proxy’s',
    (host) => {
      stub(PROXY);
      expect([way(host), way(host, false, 80)]).toEqual([null, null]);
    },
  );

  it.each(['xlocalhost', 'localhost.example', '127.0.0.1.example', '128.0.0.1'])(
    'to %s, which is not near, is one',
    (host) => {
      stub(PROXY);
      expect(way(host)).toBe('HttpsProxyAgent http://p:1/');
    },
  );

  it('is no proxy’s where none is named', () => {
    expect([way('a.example'), way('a.example', false, 80)]).toEqual([null, null]);
    stub({ HTTP_PROXY: 'http://q:2' });
    expect(way('a.example')).toBeNull();
  });

  it.each([
    [{ NO_PROXY: '*' }, null],
    [{ no_proxy: 'sts.cn-hangzhou.aliyuncs.com' }, null],
    [{ NO_PROXY: '.aliyuncs.com' }, null],
    [{ NO_PROXY: 'localhost, Aliyuncs.COM' }, null],
    [{ NO_PROXY: 'example.com aliyuncs.com' }, null],
    [{ NO_PROXY: 'example.com,,aliyuncs.com' }, null],
    [{ NO_PROXY: 'example.com' }, 'HttpsProxyAgent http://p:1/'],
    [{ NO_PROXY: 'ts.aliyuncs.com' }, 'HttpsProxyAgent http://p:1/'],
    [{ NO_PROXY: 'sts.cn-hangzhou.aliyuncs.com:8443' }, 'HttpsProxyAgent http://p:1/'],
    [{ NO_PROXY: 'sts.cn-hangzhou.aliyuncs.com:443' }, null],
    // The one in small letters is looked at first.
    [{ no_proxy: 'example.com', NO_PROXY: 'aliyuncs.com' }, 'HttpsProxyAgent http://p:1/'],
  ])('beside %j is %s', (exceptions, expected) => {
    stub({ ...PROXY, ...exceptions });
    expect(way('STS.cn-hangzhou.aliyuncs.com')).toBe(expected);
  });

  it('is through the proxy for an absolute name, too: nothing between two commas is no exception', () => {
    stub({ ...PROXY, NO_PROXY: 'example.com,,example.org' });
    expect(way('sts.aliyuncs.com.')).toBe('HttpsProxyAgent http://p:1/');
  });
});

describe('calls of the vendor’s SDKs', () => {
  /** The request functions of Node.js, anew for each test: one before may have led those that are there. */
  let plain: readonly unknown[];
  beforeEach(() => {
    plain = [http, https].map((module) => {
      const { request } = module;
      const fresh = (...args: readonly unknown[]) => Reflect.apply(request, module, args);
      Object.assign(module, { request: fresh });
      onTestFinished(() => {
        Object.assign(module, { request });
        transportThrough(null);
      });
      return fresh;
    });
  });

  type Wanted = Readonly<https.RequestOptions>;
  /** The status that a call ends with, or why there is none. */
  const ended = (module: typeof http | typeof https, wanted: Wanted) =>
    transported(
      () =>
        new Promise<unknown>((resolve) => {
          module
            .request({ host: 'service.example', path: '/x', ...wanted }, (answer) =>
              resolve(answer.resume().statusCode),
            )
            .on('error', resolve)
            .end();
        }),
    );

  /** A proxy that answers so, and that the environment names. */
  async function behind(status: number, onward?: AddressInfo) {
    const proxy = await connectProxy(status, onward);
    onTestFinished(() => proxy.close());
    stub({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url });
    await throughProxies();
    return proxy;
  }

  it('are led through the proxy', async () => {
    const { asked } = await behind(204);
    expect(await ended(http, { port: 80 })).toBe(204);
    expect(asked).toEqual(['GET http://service.example/x']);
  });

  it('reach the service where the proxy makes the connection, each over its own, which is not kept', async () => {
    const authority = await makeCertificate({ use: 'authority', name: 'authority' });
    const names = { name: 'service', hosts: ['service.example'], addresses: [] };
    const pair = await makeCertificate({ use: 'server', issuer: authority, ...names });
    const kept: (string | undefined)[] = [];
    const service = https.createServer(pair, (request, answer) => {
      kept.push(request.headers.connection);
      answer.writeHead(207).end();
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      service.closeAllConnections();
      service.close();
    });
    const { asked } = await behind(200, service.address() as AddressInfo);
    const wanted = { port: 443, ca: authority.cert };
    expect([await ended(https, wanted), await ended(https, wanted)]).toEqual([207, 207]);
    expect(asked).toEqual(['service.example:443', 'service.example:443']);
    expect(kept).toEqual(['close', 'close']);
  });

  it.each([
    [201, 'ProxyRefused201'],
    [403, 'ProxyRefused403'],
    [407, 'ProxyRefused407'],
    [499, 'ProxyRefused499'],
    [500, 'ProxyFailed500'],
    [502, 'ProxyFailed502'],
  ])('fail where the proxy answers %i, by the name %s', async (status, code) => {
    const { asked } = await behind(status);
    expect(await ended(https, { port: 443 })).toMatchObject({
      name: 'ProxyRefusal',
      code,
      message: `the proxy answered ${status}`,
    });
    expect(asked).toEqual(['service.example:443']);
  });

  it('go their own way where the environment names no proxy', async () => {
    await throughProxies();
    expect([http.request === plain[0], https.request === plain[1]]).toEqual([true, true]);
  });

  it('are led by one function, however often they are to be', () => {
    startProxies();
    const { request } = http;
    startProxies();
    expect([plain[0] === request, http.request === request]).toEqual([false, true]);
  });

  it('alone are: what the program itself calls goes its own way, and so does a URL, with its options', async () => {
    stub({ HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' });
    startProxies();
    const url = 'http://service.example/';
    const requests = [
      http.request({ host: 'service.example', method: 'PUT' }),
      ...(await transported(async () => [
        http.request(url, { method: 'PUT' }),
        http.request(new URL(url), { method: 'PUT' }),
        http.request({ host: 'service.example', method: 'PUT' }),
      ])),
    ];
    for (const request of requests) request.on('error', () => undefined).destroy();
    expect(
      requests.map((request) => [request.method, Reflect.get(request, 'agent') instanceof HttpProxyAgent]),
    ).toEqual([
      ['PUT', false],
      ['PUT', false],
      ['PUT', false],
      ['PUT', true],
    ]);
  });
});
