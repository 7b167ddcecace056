import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type Millis, millis } from '../../shared/runtime/clock.ts';

export const NOW: Millis = millis(Date.parse('2026-11-23T10:00:00Z'));
export const SECONDS = String(NOW / 1_000);

/** An Ed25519 key pair from a seed; seed 1 is test 1 of RFC 8032, section 7.1. */
export function pairOf(seed: number): { privateKey: KeyObject; publicKey: string } {
  const rfc = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
  const bytes = seed === 1 ? Buffer.from(rfc, 'hex') : Buffer.alloc(32, seed);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey, publicKey: `whpk_${Buffer.from(x ?? '', 'base64url').toString('base64')}` };
}

/** The envelope that a requester would publish. */
export function envelopeOf(
  payload: string,
  { seed = 1, id = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', timestamp = SECONDS } = {},
) {
  const bytes = sign(null, Buffer.from(`${id}.${timestamp}.${payload}`), pairOf(seed).privateKey);
  return { id, timestamp, signature: `v1a,${bytes.toString('base64')}`, payload };
}

/** The headers that a requester would send. */
export function signedHeaders(payload: string, options: Parameters<typeof envelopeOf>[1] = {}) {
  const { id, timestamp, signature } = envelopeOf(payload, options);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

export const WHSEC = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

export const v1Signature = (id: string, timestamp: string, body: string | Buffer, secret = WHSEC): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest('base64')}`;
