import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type OSS from 'ali-oss';
import type { Keys } from './clients.ts';
import type { Target } from './target.ts';

// Clients of the vendor, and one of somebody else's (ali-mns), that others use and this project does not. Of those
// without types, as much as the suite calls.

const load = createRequire(import.meta.url);

/** `STS` of `ali-oss`. */
export function ossSts({ keys, ...target }: Target): OSS.STS {
  const { STS } = load('ali-oss') as typeof OSS;
  return new STS({ ...keys, endpoint: target.url('sts') } as ConstructorParameters<typeof STS>[0]);
}

/** Methods of the clients that `aliyun-sdk` makes of its API descriptions, in the style of callbacks. */
type Callback = (error: Error & { readonly code?: string }, data: Readonly<Record<string, unknown>>) => void;
type Methods = Readonly<Record<string, (input: object, callback: Callback) => void>>;

/** `aliyun-sdk`: RAM and STS by their descriptions. */
export function aliyunSdk({ keys, ...target }: Target, service: 'RAM' | 'STS') {
  const sdk = load('aliyun-sdk') as Record<'RAM' | 'STS', new (options: object) => Methods>;
  const client = new sdk[service]({
    accessKeyId: keys.accessKeyId,
    secretAccessKey: keys.accessKeySecret,
    endpoint: target.url(service.toLowerCase()),
    apiVersion: service === 'RAM' ? '2015-05-01' : '2015-04-01',
  });
  return (operation: string, input: object = {}): Promise<Readonly<Record<string, unknown>>> =>
    new Promise((resolve, reject) => {
      const method = client[operation];
      if (method === undefined) throw new Error(`aliyun-sdk has no ${operation}`);
      method.call(client, input, (error, data) => (error === null ? resolve(data) : reject(error)));
    });
}

/** `ali-mns`, which takes no address: it calls `<uid>.mns.<region>.aliyuncs.com`. */
export interface AliMns {
  createP(name: string, options?: object): Promise<unknown>;
  sendP(message: string): Promise<{ readonly Message: { readonly MessageId: string } }>;
  recvP(seconds?: number): Promise<{ readonly Message: Readonly<Record<string, string>> }>;
  deleteP(handle: string): Promise<unknown>;
  listP(): Promise<unknown>;
}
export function aliMns({ uid, region, keys }: Target, queue: string) {
  const { Account, MQ, MNS, Region } = load('ali-mns') as Record<
    'Account' | 'MQ' | 'MNS' | 'Region',
    new (
      ...words: readonly unknown[]
    ) => object
  >;
  const account = new Account(uid, keys.accessKeyId, keys.accessKeySecret);
  const where = new Region(region);
  return {
    queues: new MNS(account, where) as Readonly<
      Record<'createP' | 'deleteP', (name: string) => Promise<unknown>>
    >,
    queue: new MQ(queue, account, where) as AliMns,
  };
}

/**
 * Runs a program that uses a package of the vendor's in a process of its own, which trusts what the cloud asks to
 * trust.
 */
export async function elsewhere(target: Target, program: string, keys: Keys = target.keys): Promise<unknown> {
  const { ca } = target.tls;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...(ca === null ? {} : { NODE_EXTRA_CA_CERTS: ca }),
      STS_HOST: new URL(target.tls.url('sts')).host,
      KEY: keys.accessKeyId,
      SECRET: keys.accessKeySecret,
    },
  });
  return JSON.parse(stdout);
}
