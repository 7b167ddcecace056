import { createHash } from 'node:crypto';
import type { Headers } from '../../shared/admission/authenticate/headers.ts';

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

/** What makes copies of a request recognisable; null where the sender gives nothing. Quotes of the draft's form fall away. */
export function copyKey(headers: Headers): string | null {
  for (const name of KEY_HEADERS) {
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
