import { createHmac } from 'node:crypto';
import type { Headers } from './headers.ts';
import { timingSafeEqual } from './timing-safe-equal.ts';

/**
 * `X-Hub-Signature-256`, or `X-Hub-Signature` where that is missing: `sha256=` and the hex of the HMAC-SHA256 of the
 * raw body. SHA-1, which GitHub sends beside it, proves nothing here. There is no time in it: a copy stays good.
 * Sources: GitHub "Validating webhook deliveries", Jira "Managing webhooks".
 */
export function hasHubSignature(headers: Headers, body: Buffer, secrets: readonly string[]): boolean {
  const given = headers.get('x-hub-signature-256') ?? headers.get('x-hub-signature');
  return secrets
    .map((secret) =>
      timingSafeEqual(given, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`),
    )
    .some(Boolean);
}
