import { createHash } from 'node:crypto';
import type { Headers } from '../../shared/admission/authenticate/headers.ts';
import type { Client } from '../../shared/admission/requesters.ts';

/**
 * Headers that carry the same value in every copy of one request, the sender's own word first. Sources: the
 * Idempotency-Key draft of the IETF, Standard Webhooks, and the webhook pages of GitHub, Atlassian and Zendesk.
 */
const KEY_HEADERS = [
  'idempotency-key',
  'webhook-id',
  'x-github-delivery',
  'x-atlassian-webhook-identifier',
  'x-zendesk-webhook-invocation-id',
] as const;

/** The one that Standard Webhooks signs together with the body. */
const SIGNED_HEADERS = ['webhook-id'] as const;

/**
 * What makes copies of a request recognisable; null where the sender gives nothing. Quotes of the draft's form fall away.
 * A client of Standard Webhooks has signed its `webhook-id`, so no other header counts: whoever sent a copy under a key
 * of its own would make another request of it.
 */
export function copyKey(headers: Headers, { auth }: Pick<Client, 'auth'>): string | null {
  for (const name of auth.type === 'standard-webhooks' ? SIGNED_HEADERS : KEY_HEADERS) {
    const value =
      headers
        .get(name)
        ?.trim()
        .replace(/^"(.*)"$/, '$1') ?? '';
    if (value !== '') return value;
  }
  return null;
}

/** A key as a request id: as it is where it has 8 to 128 plain characters, else its digest. */
export const requestIdOf = (key: string): string =>
  /^[A-Za-z0-9._:-]{8,128}$/.test(key) ? key : `key-${digestOf(key).slice(0, 32)}`;

export const digestOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');
