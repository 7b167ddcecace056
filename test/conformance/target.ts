import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { Cleanup, type Eventually } from './cleanup.ts';
import type { Keys } from './clients.ts';
import { startLocal } from './local-target.ts';

/** A cloud that the suites run against: one account of it, whose keys may do everything. */
export interface Target {
  /** The real cloud, where changes take time to be seen and everything costs something. */
  readonly live: boolean;
  readonly uid: string;
  readonly region: string;
  readonly keys: Keys;
  /** `https://ram.aliyuncs.com`: where a service (`ram`, `sts`, `mns`, `fc`, the first label of an engine's host) is. */
  url(service: string): string;
  /** The same over https, and the certificate to trust for it; null where every client trusts it anyway. */
  readonly tls: { url(service: string): string; readonly ca: string | null };
  /** Name of a function that returns its event, and throws for the event `throw`. */
  echo(): string;
  /** Closes it after the cleanup. The local cloud throws if the suite has left anything behind. */
  close(): Promise<void>;
}

export interface Conformance extends Target {
  /** `dmshs-conf-<random>-<what>`: names of this run, in lower case. */
  name(what: string): string;
  /** What was made, to be taken away whatever happens. */
  readonly cleanup: Cleanup;
  readonly eventually: Eventually;
}

/** How often, and how long between, a look at the real cloud is repeated. */
const LOOKS = 30;
const BETWEEN_MS = 2000;

/**
 * Opens the cloud for the tests of one file: with `LIVE=1` the real one, otherwise a local one of its own. Everything is
 * taken away after the last test, in the reverse order of its making, also when tests fail.
 */
export async function conformance(): Promise<Conformance> {
  const target = process.env['LIVE'] === '1' ? live() : await startLocal();
  const eventually = looks(target.live ? LOOKS : 1);
  const cleanup = new Cleanup(eventually);
  const run = `dmshs-conf-${randomBytes(4).toString('hex')}`;
  afterAll(async () => {
    try {
      await cleanup.run();
    } finally {
      await target.close();
    }
  }, 120_000);
  return {
    ...target,
    cleanup,
    name: (what) => `${run}-${what}`,
    eventually,
  };
}

const looks =
  (times: number): Eventually =>
  async (look) => {
    for (let left = times; ; left -= 1) {
      try {
        return await look();
      } catch (error) {
        if (left <= 1) throw error;
      }
      await pause(BETWEEN_MS);
    }
  };

/** The real cloud, as the environment names it. Throws for what is missing, before anything is made. */
function live(): Target {
  const uid = required('CONFORMANCE_ACCOUNT');
  const region = process.env['ALIBABA_CLOUD_REGION'] ?? 'cn-hangzhou';
  const hosts: Readonly<Record<string, string>> = {
    ram: 'ram.aliyuncs.com',
    sts: `sts.${region}.aliyuncs.com`,
    mns: `${uid}.mns.${region}.aliyuncs.com`,
    fc: `${uid}.${region}.fc.aliyuncs.com`,
    sls: `${region}.log.aliyuncs.com`,
  };
  const url = (service: string): string => `https://${hosts[service] ?? `${service}.${region}.aliyuncs.com`}`;
  const securityToken = process.env['ALIBABA_CLOUD_SECURITY_TOKEN'];
  return {
    live: true,
    uid,
    region,
    keys: {
      accessKeyId: required('ALIBABA_CLOUD_ACCESS_KEY_ID'),
      accessKeySecret: required('ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
      ...(securityToken === undefined ? {} : { securityToken }),
    },
    url,
    tls: { url, ca: null },
    echo: () => required('CONFORMANCE_FUNCTION'),
    close: async () => undefined,
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`LIVE=1 needs ${name}: see docs/quality/conformance.md`);
  return value;
}
