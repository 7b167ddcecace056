import { readJson } from '../../../events/read-json.ts';
import { type Signed, signedSchema } from '../../../events/signed.ts';
import { type Millis, millis } from '../../runtime/millis.ts';
import type { SignatureState } from '../admit.ts';
import { secondsOf } from './replay-window.ts';
import { isSigned } from './standard-webhooks.ts';

const FIELDS = 'id,payload,signature,timestamp';

/**
 * Opens the envelope of a signed request; anything but an object of exactly the envelope's four texts is a request
 * itself. A body in base64 is opened too, as publishers in the wild send both. Never throws; proves nothing yet.
 */
export function openEnvelope(body: string): { readonly payload: string; readonly signed: Signed | null } {
  const read = readJson(body);
  const json = 'json' in read ? read.json : undefined;
  const plain = { payload: body, signed: null };
  if (typeof json !== 'object' || json === null || Object.keys(json).sort().join() !== FIELDS) return plain;
  const parsed = signedSchema.safeParse(json);
  if (parsed.success) return { payload: parsed.data.payload, signed: parsed.data };
  // An envelope with a malformed part proves nothing. Its payload is read all the same, so that the refusal reaches
  // the sender.
  const payload = 'payload' in json && typeof json.payload === 'string' ? json.payload : null;
  return payload === null ? plain : { payload, signed: NO_PROOF };
}

const NO_PROOF: Signed = { id: '', timestamp: '', signature: '', payload: '' };

/**
 * How far the signed time of a request may lie ahead of the broker's, in ms. Far less than Standard Webhooks allows: a
 * request counts from its signed time, so it could pass for newer than what others say after it.
 */
const AHEAD_MS = 5_000;

/**
 * Whether one of the requester's keys signed this, at most 300 s before `now` and 5 s after it. For a message, `now` is the
 * broker's time of publication, because the sender does not decide when it is delivered. `publicKeys`: undefined where
 * nobody is named whose they are.
 */
export function verifySignature(
  signed: Signed,
  publicKeys: readonly string[] | undefined,
  now: Millis,
): 'valid' | 'invalid' {
  // Only keys that the requester alone has count. A shared secret would prove the owner as well.
  const keys = publicKeys?.filter((key) => key.startsWith('whpk_'));
  const ahead = (secondsOf(signed.timestamp) ?? 0) - now;
  const proved =
    keys !== undefined && ahead <= AHEAD_MS && isSigned(signed, Buffer.from(signed.payload), keys, now);
  return proved ? 'valid' : 'invalid';
}

/** The same for a request that may carry no proof. */
export const signatureState = (
  signed: Signed | null,
  publicKeys: readonly string[] | undefined,
  now: Millis,
): SignatureState => (signed === null ? 'absent' : verifySignature(signed, publicKeys, now));

/**
 * The time that a proved request counts from: that of its signature, where it has one. So a copy that is published later
 * says nothing newer, also where the sender's clock was ahead.
 */
export function requestTime(signed: Signed | null, publishedAt: Millis): Millis {
  const signedAt = signed === null ? null : secondsOf(signed.timestamp);
  return signedAt === null ? publishedAt : millis(signedAt);
}

/** The last moment of the second in which a message says that it was signed; null for no such time. */
export function signedUntil(signed: Signed | null): Millis | null {
  const signedAt = signed === null ? null : secondsOf(signed.timestamp);
  return signedAt === null ? null : millis(signedAt + 999);
}

/**
 * The time that a close by the owner counts from. A requester that signs may have signed ahead of the broker's time what it
 * had published before, so the close counts from as much later: no copy of that comes after it.
 */
export const closingTime = (publishedAt: Millis, publicKeys: readonly string[]): Millis =>
  publicKeys.length === 0 ? publishedAt : millis(publishedAt + AHEAD_MS);
