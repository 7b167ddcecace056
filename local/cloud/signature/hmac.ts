import { hash } from 'node:crypto';

/** Both hashes take blocks of so many bytes. */
const BLOCK = 64;

/**
 * HMAC of RFC 2104 by two plain hashes: an object of `createHmac` costs more to make and to collect than
 * it computes.
 */
export function hmac(
  algorithm: 'sha1' | 'sha256',
  secret: string,
  text: string,
  encoding: 'base64' | 'hex' = 'base64',
): string {
  const key = keyOf(algorithm, secret);
  const size = Buffer.byteLength(text);
  const inner = Buffer.allocUnsafe(BLOCK + size);
  inner.write(text, BLOCK);
  for (let at = 0; at < BLOCK; at += 1) inner[at] = (key[at] ?? 0) ^ 0x36;
  const digest = hash(algorithm, inner, 'buffer');
  const outer = Buffer.allocUnsafe(BLOCK + digest.length);
  digest.copy(outer, BLOCK);
  for (let at = 0; at < BLOCK; at += 1) outer[at] = (key[at] ?? 0) ^ 0x5c;
  return hash(algorithm, outer, encoding);
}

/** A key that is longer than a block is replaced by its hash. */
function keyOf(algorithm: string, secret: string): Buffer {
  const key = Buffer.from(secret);
  return key.length > BLOCK ? hash(algorithm, key, 'buffer') : key;
}
