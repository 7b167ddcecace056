import { createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Signed } from '../../../events/signed.ts';
import type { Millis } from '../../runtime/millis.ts';
import { isInWindow, secondsOf } from './replay-window.ts';
import { timingSafeEqual } from './timing-safe-equal.ts';

/**
 * No full stop, because full stops separate the parts of the signed text. So no part of one field can pass for a part
 * of the next.
 */
const ID = /^[A-Za-z0-9_:-]{1,128}$/;
const MOST_SIGNATURES = 16;

/**
 * Whether one of `keys` signed this, within 300 s of `now`. `whpk_` keys are Ed25519 public keys and check `v1a`
 * signatures, `whsec_` secrets of 24 to 64 bytes check `v1` (HMAC-SHA256); any other key, version or spelling proves
 * nothing. Source: Standard Webhooks 1.0.0. Own lines, because the npm package `standardwebhooks` 1.1.1 knows no `v1a`,
 * reads times leniently and takes them from the system's clock only.
 */
export function isSigned(
  parts: Omit<Signed, 'payload'>,
  content: Buffer,
  keys: readonly string[],
  now: Millis,
): boolean {
  const { id, timestamp, signature } = parts;
  const signedAt = secondsOf(timestamp);
  if (signedAt === null || !isInWindow(signedAt, now) || !ID.test(id)) return false;
  const text = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), content]);
  const given = signature.split(' ').slice(0, MOST_SIGNATURES);
  // Every pair is tried, so that the time does not show which key or signature was right.
  return keys.flatMap((key) => given.map((one) => proves(one, key, text))).some(Boolean);
}

function proves(signature: string, key: string, text: Buffer): boolean {
  const secret = secretBytes(key);
  if (secret !== null) {
    const mac = createHmac('sha256', secret).update(text).digest('base64');
    return timingSafeEqual(signature, `v1,${mac}`);
  }
  const publicKey = publicKeyOf(key);
  const bytes = signatureBytes(signature);
  return publicKey !== null && bytes !== null && verify(null, text, publicKey, bytes);
}

/** The 64 bytes of a signature; null unless they are spelled in the one canonical base64 form. */
function signatureBytes(signature: string): Buffer | null {
  const base64 = /^v1a,([A-Za-z0-9+/]{86}==)$/.exec(signature)?.[1];
  if (base64 === undefined) return null;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : null;
}

function secretBytes(key: string): Buffer | null {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(key)?.[1];
  const bytes = base64 === undefined ? null : Buffer.from(base64, 'base64');
  return bytes !== null && bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
}

function publicKeyOf(key: string): KeyObject | null {
  const base64 = /^whpk_([A-Za-z0-9+/]{43}=)$/.exec(key)?.[1];
  if (base64 === undefined) return null;
  const x = Buffer.from(base64, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Whether a text is a key or a secret of this scheme at all. */
export const isWebhookKey = (key: string): boolean =>
  /^whpk_[A-Za-z0-9+/]{43}=$/.test(key) || secretBytes(key) !== null;
