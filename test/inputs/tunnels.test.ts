import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../kit/cli.ts';
import { type ConnectProxy, connectProxy } from '../kit/connect-proxy.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

let folder: string;
let cloud: TestCloud;
let proxy: ConnectProxy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-tunnel-'));
  cloud = await testCloud({ tls: { folder } });
  const port = Number(new URL(cloud.ready.owner.endpointTls ?? '').port);
  proxy = await connectProxy(200, { port } as AddressInfo);
});
afterAll(async () => {
  await proxy.close();
  await cloud.close();
  await rm(folder, { recursive: true });
});

/** As account B behind a proxy, which leads every host of the vendor to its port of the local cloud. */
const behind = (words: readonly string[], more: Readonly<Record<string, string>>) => {
  proxy.asked.length = 0;
  return runCli(words, {
    env: {
      HTTPS_PROXY: proxy.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.ready.owner.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.ready.owner.accessKeySecret,
      ...more,
    },
  });
};

it('a whole command goes through the tunnel of a proxy, trusting a private authority', async () => {
  const { ca = '' } = cloud.ready;
  const ended = await behind(['list', '--json'], { NODE_EXTRA_CA_CERTS: ca });
  expect(ended.stderr).toBe('');
  expect([ended.code, JSON.parse(ended.stdout)]).toEqual([0, { roles: [] }]);
  expect(new Set(proxy.asked)).toEqual(new Set(['sts.cn-hangzhou.aliyuncs.com:443', 'ram.aliyuncs.com:443']));
});

it('without the authority it is refused, and the variable is named', async () => {
  const ended = await behind(['list'], {});
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toContain('NODE_EXTRA_CA_CERTS');
  expect(ended.stderr).not.toMatch(/\n\s+at /);
});

it('the chain of credentials goes through it, too, to assume the role of a profile', async () => {
  const { accessKeyId, accessKeySecret } = cloud.ready.owner;
  await mkdir(join(folder, '.aliyun'));
  const profile = {
    name: 'chained',
    mode: 'RamRoleArn',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    ram_role_arn: `acs:ram::${cloud.ready.owner.uid}:role/nobody-made-it`,
    ram_session_name: 'tunnel',
  };
  await writeFile(
    join(folder, '.aliyun', 'config.json'),
    JSON.stringify({ current: 'chained', profiles: [profile] }),
  );
  const { ca = '' } = cloud.ready;
  cloud.forget();
  const ended = await behind(['list', '--profile', 'chained'], { HOME: folder, NODE_EXTRA_CA_CERTS: ca });
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toContain('(mode RamRoleArn) gave no keys');
  expect(proxy.asked.length).toBeGreaterThan(0);
  expect(new Set(proxy.asked)).toEqual(new Set(['sts.aliyuncs.com:443']));
  expect(cloud.calls('sts').map(({ operation }) => operation)).toContain('AssumeRole');
});
