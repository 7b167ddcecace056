import { createHmac } from 'node:crypto';
import type { Millis } from '../../runtime/millis.ts';
import type { Headers } from './headers.ts';
import { isInWindow } from './replay-window.ts';
import { timingSafeEqual } from './timing-safe-equal.ts';

const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z/;

/**
 * `X-Zendesk-Webhook-Signature`: base64 of the HMAC-SHA256 of the timestamp header and the raw body, one after the
 * other; the timestamp must lie within 300 s of `now`. Source: Zendesk, "Verifying webhook authenticity".
 */
export function hasZendeskSignature(
  headers: Headers,
  body: Buffer,
  secrets: readonly string[],
  now: Millis,
): boolean {
  const given = headers.get('x-zendesk-webhook-signature');
  const timestamp = String(headers.get('x-zendesk-webhook-signature-timestamp'));
  if (TIME.exec(timestamp)?.[0] !== timestamp || !isInWindow(Date.parse(timestamp), now)) return false;
  return secrets
    .map((secret) => {
      const mac = createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
      return timingSafeEqual(given, mac);
    })
    .some(Boolean);
}
