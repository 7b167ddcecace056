import { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type Certificates, certificatesIn } from '../../../../local/certificates.ts';
import { openDoor } from '../../../../local/cloud/http/server.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { twoAccounts } from '../../../kit/two-accounts.ts';
import { services } from './setup.ts';

const REGION = 'cn-hangzhou';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** What is answered to somebody who trusts that authority and thinks to talk to `servername`. */
const ask = (url: string, { ca }: Certificates, servername?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const trusts = {
      ca: readFileSync(ca),
      agent: false,
      ...(servername === undefined ? {} : { servername }),
    };
    get(`${url}/queues`, trusts, (response) => resolve(text(response))).on('error', reject);
  });

async function opened(certificates: Certificates): Promise<string> {
  const { world, owner } = twoAccounts(new TestClock());
  const door = await openDoor(world, owner, services, { tls: { ...certificates, port: 0 } });
  onTestFinished(() => door.close());
  return door.urlTls ?? '';
}

it('who trusts the authority is answered, by address and by the names of the vendor', async () => {
  const certificates = await certificatesIn(folder, REGION);
  const url = await opened(certificates);
  expect(await ask(url, certificates)).toBe('mns');
  for (const name of [
    'ram.aliyuncs.com',
    `sts.${REGION}.aliyuncs.com`,
    `${OWNER}.mns.${REGION}.aliyuncs.com`,
    `${REGION}.log.aliyuncs.com`,
    `project.${REGION}.log.aliyuncs.com`,
    `bucket.oss-${REGION}.aliyuncs.com`,
  ])
    expect(await ask(url, certificates, name), name).toBe('mns');
  await expect(ask(url, certificates, 'example.com')).rejects.toThrow(/altnames/);
});

it('an authority is kept: who trusts the first start trusts the second', async () => {
  const first = await certificatesIn(folder, REGION);
  const second = await certificatesIn(folder, REGION);
  expect(second.cert).not.toBe(first.cert);
  const before = readFileSync(first.ca, 'utf8');
  expect(await ask(await opened(second), first)).toBe('mns');
  expect(readFileSync(second.ca, 'utf8')).toBe(before);
  expect(statSync(join(folder, 'ca-key.pem')).mode & 0o077).toBe(0);
});

it('each certificate names its key and the one that vouches for it, which strict clients ask for', async () => {
  const { ca, cert } = await certificatesIn(folder, REGION);
  const keyOf = (pem: string) => {
    const parsed = new X509Certificate(pem);
    return [
      parsed.getExtension(SubjectKeyIdentifierExtension)?.keyId,
      parsed.getExtension(AuthorityKeyIdentifierExtension)?.keyId,
    ];
  };
  const [ownOfCa, aboveCa] = keyOf(readFileSync(ca, 'utf8'));
  const [own, above] = keyOf(cert);
  expect([ownOfCa, own]).toEqual([
    expect.stringMatching(/^[0-9a-f]{40}$/),
    expect.stringMatching(/^[0-9a-f]{40}$/),
  ]);
  expect([aboveCa, above]).toEqual([ownOfCa, ownOfCa]);
  expect(own).not.toBe(ownOfCa);
});

it('an authority of an earlier version, which does not name its key, is replaced', async () => {
  const { ca } = await certificatesIn(folder, REGION);
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const old = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=old',
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    notAfter: new Date(Date.now() + 3_650 * 86_400_000),
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  writeFileSync(ca, old.toString('pem'));
  writeFileSync(
    join(folder, 'ca-key.pem'),
    KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }),
  );
  const second = await certificatesIn(folder, REGION);
  expect(readFileSync(second.ca, 'utf8')).not.toBe(old.toString('pem'));
  expect(await ask(await opened(second), second)).toBe('mns');
});

it.each(['ca.pem', 'ca-key.pem'])('with a %s that cannot be read there is a new one', async (file) => {
  const first = await certificatesIn(folder, REGION);
  const before = readFileSync(first.ca, 'utf8');
  writeFileSync(join(folder, file), 'broken');
  const second = await certificatesIn(folder, REGION);
  expect(readFileSync(second.ca, 'utf8')).not.toBe(before);
  expect(await ask(await opened(second), second)).toBe('mns');
});

it('a port for https that is taken closes the other', async () => {
  const certificates = await certificatesIn(folder, REGION);
  const port = Number(new URL(await opened(certificates)).port);
  const { world, owner } = twoAccounts(new TestClock());
  await expect(openDoor(world, owner, services, { tls: { ...certificates, port } })).rejects.toThrow(
    'EADDRINUSE',
  );
});
