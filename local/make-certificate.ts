import { createPrivateKey, KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** An authority; a server of hosts and addresses, by an authority; or a signer that vouches for itself. */
type Wanted =
  | { readonly use: 'authority'; readonly name: string }
  | { readonly use: 'signer'; readonly name: string }
  | {
      readonly use: 'server';
      readonly name: string;
      readonly hosts: readonly string[];
      readonly addresses: readonly string[];
      readonly issuer: KeyPair;
    };

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;

const DAY_MS = 86_400_000;

/**
 * A new key and its certificate, for ten years of an authority and one of others. Both identifiers of keys stand in it:
 * Python 3.13 and others that check as RFC 5280 asks (`X509_V_FLAG_X509_STRICT`) refuse a chain without them.
 */
export async function makeCertificate(wanted: Wanted): Promise<KeyPair> {
  const algorithm = wanted.use === 'signer' ? RSA : EC;
  const keys = await globalThis.crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = wanted.use === 'server' ? await readIssuer(wanted.issuer) : null;
  const subject = `CN=${wanted.name}`;
  const days = wanted.use === 'authority' ? 3650 : 365;
  const made = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.subject ?? subject,
    notAfter: new Date(Date.now() + days * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: issuer?.key ?? keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      ...extensionsOf(wanted),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer?.publicKey ?? keys.publicKey),
    ],
  });
  return {
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: made.toString('pem'),
  };
}

function extensionsOf(wanted: Wanted): readonly x509.Extension[] {
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;
  if (wanted.use === 'authority')
    return [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
    ];
  const end = [
    new x509.BasicConstraintsExtension(false),
    new x509.KeyUsagesExtension(digitalSignature, true),
  ];
  if (wanted.use === 'signer') return end;
  return [
    ...end,
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension([
      ...wanted.hosts.map((value) => ({ type: 'dns' as const, value })),
      ...wanted.addresses.map((value) => ({ type: 'ip' as const, value })),
    ]),
  ];
}

async function readIssuer({ key, cert }: KeyPair) {
  const { subject, publicKey } = new x509.X509Certificate(cert);
  const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
  const imported = await globalThis.crypto.subtle.importKey('pkcs8', der, EC, false, ['sign']);
  return { subject, publicKey, key: imported };
}

/** Whether others can name this certificate as the one that vouches for theirs. */
export const hasKeyIdentifier = (cert: string): boolean =>
  new x509.X509Certificate(cert).getExtension(x509.SubjectKeyIdentifierExtension) !== null;
