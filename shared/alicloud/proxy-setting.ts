/** The variables of that kind that are set, those in small letters first. */
const settings = (environment: NodeJS.ProcessEnv, ...kinds: readonly string[]) =>
  kinds
    .flatMap((kind) => [kind, kind.toUpperCase()])
    .flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [{ name, value }];
    });

/** A variable names no proxy that can be used. The message never shows its value, which may hold a password. */
export class ProxySettingError extends Error {
  override readonly name = 'ProxySettingError';
}

/** The variable that names the proxy for hosts that are called by https, and where that is; null where none does. */
export function namedProxy(environment: NodeJS.ProcessEnv = process.env): string | null {
  const [first] = settings(environment, 'https_proxy', 'all_proxy');
  if (first === undefined) return null;
  const url = urlOf(first.value);
  return url === null ? null : `${url.host} of ${first.name}`;
}

/** Whether the environment names a proxy at all. Throws `ProxySettingError` where one that it names cannot be used. */
export function namesProxies(environment: NodeJS.ProcessEnv = process.env): boolean {
  const named = settings(environment, 'https_proxy', 'http_proxy', 'all_proxy');
  for (const { name, value } of named) check(name, value);
  return named.length > 0;
}

/** What `getProxyForUrl` found, as a URL. One without a scheme is spoken to in plain HTTP, as curl does. */
export function proxySetting(found: string, secure: boolean): URL | null {
  if (found === '') return null;
  const [first] = settings(process.env, secure ? 'https_proxy' : 'http_proxy', 'all_proxy');
  return urlOf(first?.value ?? found);
}

function urlOf(raw: string): URL | null {
  const text = raw.trim();
  const full = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(full) ? new URL(full) : null;
}

function check(name: string, value: string): void {
  const url = urlOf(value);
  if (url === null || url.hostname === '')
    throw new ProxySettingError(
      `${name} is no address of a proxy (its value is not shown, it may hold a password); expected one such as http://proxy.example.com:3128, with user:password@ before the host where it asks for that, and signs such as @ or # in these written as %40, %23`,
    );
  if (!['http:', 'https:'].includes(url.protocol))
    throw new ProxySettingError(
      `${name} names a proxy for ${url.protocol.slice(0, -1)}, and only HTTP proxies are spoken to; give one with http:// or https://`,
    );
}
