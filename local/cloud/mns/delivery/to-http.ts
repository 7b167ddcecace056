import { ApiError } from '../../error.ts';
import type { Delivery } from './delivery.ts';

const TIMEOUT_MS = 5000;

/**
 * POSTs the notification. Any 2xx within 5 s is success (page "HTTP endpoints"). The vendor signs the request with RSA
 * and names a certificate; this stand-in has no such certificate and sends neither header.
 */
export async function pushToHttp(
  { world, subscription, message }: Delivery,
  url: string,
  content: string,
): Promise<void> {
  const { notifyContentFormat } = subscription.attributes;
  const given = new AbortController();
  const giveUp = () => given.abort();
  // Real input and output: the host's timer, not the world's clock.
  const timer = setTimeout(giveUp, TIMEOUT_MS);
  world.ended.addEventListener('abort', giveUp);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': notifyContentFormat === 'XML' ? 'text/xml;charset=utf-8' : 'text/plain;charset=utf-8',
        'x-mns-request-id': message.id.slice(0, 24),
        'x-mns-version': '2015-06-06',
        'x-mns-message-id': message.id,
        ...(message.tag === null ? {} : { 'x-mns-message-tag': encodeURIComponent(message.tag) }),
      },
      body: content,
      signal: given.signal,
    });
    await response.body?.cancel();
    if (!response.ok)
      throw new ApiError(response.status, 'EndpointFailed', `the endpoint answered ${response.status}`);
  } finally {
    clearTimeout(timer);
    world.ended.removeEventListener('abort', giveUp);
  }
}
