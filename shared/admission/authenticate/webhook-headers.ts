import type { Signed } from '../../../events/signed.ts';
import type { Headers } from './headers.ts';

/** The three headers of Standard Webhooks; null unless all are there. */
export function webhookParts(headers: Headers): Omit<Signed, 'payload'> | null {
  const id = headers.get('webhook-id');
  const timestamp = headers.get('webhook-timestamp');
  const signature = headers.get('webhook-signature');
  return id === undefined || timestamp === undefined || signature === undefined
    ? null
    : { id, timestamp, signature };
}
