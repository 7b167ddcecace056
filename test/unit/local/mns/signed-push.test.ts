import { createHash, createVerify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { certificatesIn, signingPairs } from '../../../../local/certificates.ts';
import { openDoor } from '../../../../local/cloud/http/server.ts';
import {
  createTopic,
  handleMns,
  mnsIdle,
  publishToTopic,
  subscribe,
} from '../../../../local/cloud/mns/index.ts';
import { World } from '../../../../local/cloud/world.ts';
import { systemClock } from '../../../../shared/runtime/clock.ts';
import { OWNER } from '../../../kit/accounts.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Push {
  readonly method: string;
  readonly path: string;
  /** As sent: the vendor's Python receiver looks for lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A receiver that keeps what arrives, and its address. */
async function receiver() {
  const pushes: Push[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '', rawHeaders } = request;
    const headers = new Map<string, string>();
    for (let at = 0; at < rawHeaders.length; at += 2)
      headers.set(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
    pushes.push({ method, path, headers, body });
    response.writeHead(201).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return {
    pushes,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook?a=1&b=%20`,
  };
}

/** A cloud with a door, whose topic `news` pushes to the address; `tls`: the folder of its authority. */
async function pushing(url: string, { tls = false, format = 'SIMPLIFIED' as 'SIMPLIFIED' | 'XML' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'dmshs-push-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const world = new World({ clock: systemClock, region: 'cn-hangzhou' });
  const account = world.addAccount(OWNER);
  const certificates = tls ? await certificatesIn(folder, world.region) : null;
  world.signing = signingPairs();
  const options = certificates === null ? {} : { tls: { ...certificates, port: 0 } };
  const door = await openDoor(world, account, { rpc: [], mns: handleMns, fc: null }, options);
  closing.push(() => door.close());
  createTopic(world, account, 'news');
  subscribe(world, account, 'news', 'hook', { endpoint: url, notifyContentFormat: format });
  publishToTopic(world, account, 'news', { body: 'héllo', tag: 'verified' });
  await mnsIdle(world);
  return { account, door, ca: certificates?.ca ?? null };
}

/** What the vendor's receivers do: the text from what was sent, the certificate from where the header says. */
async function holds(push: Push, certificate: string): Promise<boolean> {
  const own = [...push.headers].filter(([name]) => name.startsWith('x-mns-'));
  const listed = own.map(([name, value]) => `${name}:${value}`).sort();
  const first = ['content-md5', 'content-type', 'date'].map((name) => push.headers.get(name) ?? '');
  const text = [push.method, ...first, ...listed, push.path].join('\n');
  const { publicKey } = new X509Certificate(certificate);
  const signature = Buffer.from(push.headers.get('authorization') ?? '', 'base64');
  return createVerify('RSA-SHA1').update(text).verify(publicKey, signature);
}

const addressIn = ({ headers }: Push): string =>
  Buffer.from(headers.get('x-mns-signing-cert-url') ?? '', 'base64').toString('utf8');

const overTls = (url: string, ca: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get(url, { ca }, async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      resolve(text);
    }).on('error', reject);
  });

it('a push is signed, and its certificate is at the door', async () => {
  const { pushes, url } = await receiver();
  const { door } = await pushing(url);
  const [push] = pushes;
  if (push === undefined) throw new Error('nothing arrived');
  expect(addressIn(push)).toBe(`${door.url}/x509_public_certificate.pem`);
  const certificate = await (await fetch(addressIn(push))).text();
  expect(certificate).not.toContain('PRIVATE');
  expect(await holds(push, certificate)).toBe(true);
  expect(push.headers.get('content-md5')).toBe(createHash('md5').update('héllo').digest('hex').toUpperCase());
  expect(Object.fromEntries(push.headers)).toMatchObject({
    'content-type': 'text/plain;charset=utf-8',
    'x-mns-message-tag': 'verified',
    'x-mns-subscriber': OWNER,
    'x-mns-subscription-name': 'hook',
    'x-mns-topic-name': 'news',
    'x-mns-topic-owner': OWNER,
    'x-mns-version': '2015-06-06',
  });
  for (const name of ['x-mns-message-id', 'x-mns-topic-name', 'date', 'content-md5']) {
    const forged = new Map(push.headers).set(name, 'forged');
    expect(await holds({ ...push, headers: forged }, certificate), name).toBe(false);
  }
  expect(await holds({ ...push, path: '/other' }, certificate)).toBe(false);
});

it('with https the certificate is at a host that the authority of the local cloud vouches for', async () => {
  const { pushes, url } = await receiver();
  const { door, ca } = await pushing(url, { tls: true, format: 'XML' });
  const [push] = pushes;
  if (push === undefined || ca === null) throw new Error('nothing arrived');
  expect(addressIn(push)).toBe(`${door.urlTls}/x509_public_certificate.pem`);
  const authority = readFileSync(ca, 'utf8');
  const certificate = await overTls(addressIn(push), authority);
  expect(await holds(push, certificate)).toBe(true);
  await expect(overTls(addressIn(push), certificate)).rejects.toThrow();
  expect(push.body).toContain(`<SigningCertURL>${addressIn(push)}</SigningCertURL>`);
});

it('a world without a certificate sends neither signature nor address', async () => {
  const { pushes, url } = await receiver();
  const world = new World({ clock: systemClock, region: 'cn-hangzhou' });
  const account = world.addAccount(OWNER);
  const door = await openDoor(world, account, { rpc: [], mns: handleMns, fc: null });
  closing.push(() => door.close());
  createTopic(world, account, 'news');
  subscribe(world, account, 'news', 'hook', { endpoint: url, notifyContentFormat: 'XML' });
  publishToTopic(world, account, 'news', { body: 'x' });
  await mnsIdle(world);
  expect(pushes[0]?.headers.has('authorization')).toBe(false);
  expect(pushes[0]?.headers.has('x-mns-signing-cert-url')).toBe(false);
  expect(pushes[0]?.body).not.toContain('SigningCertURL');
  expect((await fetch(`${door.url}/x509_public_certificate.pem`)).status).toBe(404);
});
