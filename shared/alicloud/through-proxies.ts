import { namesProxies } from './proxy-setting.ts';

/** Leads calls through the proxies of the environment, where there are some. Throws `ProxySettingError`. */
export async function throughProxies(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (!namesProxies(environment)) return;
  // Loaded where there is a proxy only: it is a good part of the time that a command takes to start.
  const { startProxies } = await import('./proxy.ts');
  startProxies();
}
