import { AsyncLocalStorage } from 'node:async_hooks';
import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { proxySetting } from './proxy-setting.ts';
import { transportThrough } from './transport.ts';

const calling = new AsyncLocalStorage<true>();
/** The request functions that were made here. */
const leading = new WeakSet<object>();

/**
 * Leads the vendor's SDKs through the proxies of the environment. None of them knows a proxy, and all make their requests
 * with one package whose agents cannot be replaced. So the two request functions of Node.js get another agent, and only
 * for calls that are made inside of `transported`: a program that uses the client keeps its own connections as they are.
 * A second time it changes nothing, unless somebody has put other request functions there since.
 */
export function startProxies(): void {
  for (const module of [http, https]) {
    if (leading.has(module.request)) continue;
    const request = led(module, module === https);
    leading.add(request);
    Object.assign(module, { request });
  }
  transportThrough((call) => calling.run(true, call));
}

type Target = string | URL | RequestOptions;

/** The request function of a module, over an agent of its own where a call of an SDK goes through a proxy. */
function led(module: typeof http | typeof https, secure: boolean) {
  const { request } = module;
  return (target: Target, ...rest: readonly unknown[]): http.ClientRequest => {
    const agent = calling.getStore() === true ? agentFor(optionsIn(target), secure) : null;
    return Reflect.apply(request, module, [
      agent === null ? target : { ...optionsIn(target), agent },
      ...rest,
    ]);
  };
}

/** No SDK calls a URL or a text, and one of those has its options behind it: it goes its own way. */
const optionsIn = (target: Target): RequestOptions =>
  typeof target === 'string' || target instanceof URL ? {} : target;

/** The agent that leads to a host; null where no proxy does. */
export function agentFor({ host, port }: RequestOptions, secure: boolean): http.Agent | null {
  if (host === undefined || host === null || isNear(host)) return null;
  const shown = isIP(host) === 6 ? `[${host}]` : host;
  const setting = proxySetting(getProxyForUrl(`http${secure ? 's' : ''}://${shown}:${port ?? ''}`), secure);
  return setting === null || excepted(host) ? null : made(setting, secure);
}

/**
 * Connections are not kept, so each call has an agent of its own. `agent-base` 9.0.0 puts one that a tunnel leads through
 * back under another name than it looks for, so none would be taken again, and what the core has used must not be taken by
 * other SDKs (`own-agent.ts`).
 */
function made(proxy: URL, secure: boolean): http.Agent {
  if (!secure) return new HttpProxyAgent(proxy);
  const agent = new HttpsProxyAgent(proxy);
  // Without this the answer of the proxy would be taken for that of the service.
  agent.on('proxyConnect', ({ statusCode }: { statusCode: number }, request: http.ClientRequest) => {
    if (statusCode !== 200) request.destroy(new ProxyRefusal(statusCode));
  });
  return agent;
}

/** A proxy did not make the connection. 407: it wants a name and a password, or others. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly code: string;

  constructor(status: number) {
    super(`the proxy answered ${status}`);
    this.code = `${status >= 500 ? 'ProxyFailed' : 'ProxyRefused'}${status}`;
  }
}

/** This machine, and the metadata service of the one that it is: neither is reached through a proxy. */
const isNear = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|100\.100\.100\.200)$/.test(host);

/** `NO_PROXY=aliyuncs.com` means its subdomains, too, for curl and most others; the package takes it for one host. */
function excepted(host: string): boolean {
  const list = process.env['no_proxy'] ?? process.env['NO_PROXY'];
  if (list === undefined) return false;
  const entries = list.toLowerCase().split(/[\s,]/);
  return entries.some((entry) => entry !== '' && host.toLowerCase().endsWith(`.${entry}`));
}
