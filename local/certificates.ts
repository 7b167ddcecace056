import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningPair } from './cloud/mns/delivery/push-signature.ts';
import type { KeyPair } from './make-certificate.ts';

/** What the doors of a local cloud serve https with, and what a client has to trust for it. */
export interface Certificates {
  /** Path of the certificate of the authority: what `NODE_EXTRA_CA_CERTS` takes. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** Loaded when the first certificate is made: its library is as large as all the rest of a local cloud, and few ask for one. */
const maker = () => import('./make-certificate.ts');

const DAY_MS = 86_400_000;

/**
 * A certificate for the loopback interface and the vendor's hosts, by an authority that is made at the first start and
 * kept in `folder`, so that whoever trusts it has to say so only once. Its key is readable by this user alone.
 */
export async function certificatesIn(folder: string, region: string): Promise<Certificates> {
  const ca = join(folder, 'ca.pem');
  const authority = (await kept(folder)) ?? (await founded(folder));
  const names = [
    'localhost',
    '*.localhost',
    '*.aliyuncs.com',
    ...['', 'mns.', 'fc.'].map((product) => `*.${product}${region}.aliyuncs.com`),
    `*.${region}.fc.aliyuncs.com`,
    // A log project stands before its region, a bucket before the product.
    '*.log.aliyuncs.com',
    `*.${region}.log.aliyuncs.com`,
    `*.oss-${region}.aliyuncs.com`,
    `*.mns.${region}.localhost`,
  ];
  const { makeCertificate } = await maker();
  const { key, cert } = await makeCertificate({
    use: 'server',
    name: 'localhost',
    hosts: names,
    addresses: ['127.0.0.1', '::1'],
    issuer: authority,
  });
  return { ca, key, cert };
}

/**
 * What pushes of Message Service are signed with, made when it is first asked for. The certificate vouches for itself, as
 * the vendor's does: receivers trust the host that they fetch it from.
 */
export function signingPairs(): () => Promise<SigningPair> {
  let made: Promise<SigningPair> | null = null;
  const make = async (): Promise<SigningPair> =>
    (await maker()).makeCertificate({ use: 'signer', name: 'notify' });
  return () => {
    made ??= make();
    return made;
  };
}

/** The authority of an earlier start; null if there is none, or one that cannot be used for a month more. */
async function kept(folder: string): Promise<KeyPair | null> {
  try {
    const cert = readFileSync(join(folder, 'ca.pem'), 'utf8');
    const key = readFileSync(join(folder, 'ca-key.pem'), 'utf8');
    const parsed = new X509Certificate(cert);
    const { hasKeyIdentifier } = await maker();
    const good = parsed.ca && parsed.checkPrivateKey(createPrivateKey(key)) && hasKeyIdentifier(cert);
    return good && Date.parse(parsed.validTo) > Date.now() + 30 * DAY_MS ? { key, cert } : null;
  } catch {
    return null;
  }
}

async function founded(folder: string): Promise<KeyPair> {
  const { key, cert } = await (await maker()).makeCertificate({
    use: 'authority',
    // A name of its own: two authorities with one name and two keys confuse whoever trusts both.
    name: `dms-handshake local cloud ${randomBytes(4).toString('hex')}`,
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  put(join(folder, 'ca-key.pem'), key);
  put(join(folder, 'ca.pem'), cert);
  return { key, cert };
}

/** As a whole or not at all, whoever reads meanwhile. */
function put(file: string, text: string): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, file);
}
