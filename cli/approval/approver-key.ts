import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import type { Signed } from '../../events/signed.ts';
import { usageError } from '../failure.ts';
import { REQUESTERS_FILE, readRequestersFile } from '../requesters-file.ts';

/** Names the private key of an approver. A flag would show it to everybody who lists processes. */
export const APPROVER_KEY = 'DMS_HANDSHAKE_APPROVER_KEY';

/** Before the 32 bytes of an Ed25519 private key, in the form that Node.js reads. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** 32 bytes in base64, or 64, with the public half behind it. */
const PRIVATE_KEY = /^whsk_((?:[A-Za-z0-9+/]{43}|[A-Za-z0-9+/]{86})={0,2})$/;

/** The key that signs approvals; null where none is given. Never says what stands there. */
export function approverKey(environment: Readonly<Record<string, string | undefined>>): KeyObject | null {
  const text = environment[APPROVER_KEY];
  if (text === undefined || text === '') return null;
  const base64 = PRIVATE_KEY.exec(text.trim())?.[1];
  if (base64 === undefined)
    throw usageError(
      `${APPROVER_KEY} is no private key (not shown): expected "whsk_" and the base64 of the 32 bytes of an Ed25519 private key, or of 64 with the public one; nothing was sent`,
    );
  return createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.from(base64, 'base64').subarray(0, 32)]),
    format: 'der',
    type: 'pkcs8',
  });
}

/**
 * Tells an approver at once that an answer without a signature will count for nothing, which else shows only after the
 * wait. `file`: who may ask, where another than that of this folder says so. One that cannot be read tells nothing.
 */
export async function noteUnsigned(key: KeyObject | null, file: string | undefined): Promise<void> {
  if (key !== null) return;
  const approvers = await readRequestersFile(file).then(
    (requesters) => requesters.approvers ?? [],
    () => [],
  );
  if (approvers.length === 0) return;
  process.stderr.write(
    `note: ${file ?? REQUESTERS_FILE} lists "approvers", and ${APPROVER_KEY} is not set: without the signature of one of them this counts for nothing\n`,
  );
}

/** The envelope of a signed message: Standard Webhooks, `v1a`. */
export function signedBody(payload: string, key: KeyObject, now: number): Signed {
  const [id, timestamp] = [randomUUID(), String(Math.floor(now / 1_000))];
  const signature = sign(null, Buffer.from(`${id}.${timestamp}.${payload}`), key).toString('base64');
  return { id, timestamp, signature: `v1a,${signature}`, payload };
}
