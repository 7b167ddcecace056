import { ApiError } from '../../error.ts';
import type { Delivery } from './delivery.ts';
import type { Origin } from './envelope.ts';
import { pushHeaders } from './push-signature.ts';

const TIMEOUT_MS = 5000;

/**
 * POSTs the notification. Any 2xx within 5 s is success (page "HTTP endpoints"). It is signed where the world has a
 * certificate and a door that shows it (`push-signature.ts`).
 */
export async function pushToHttp(
  { world, account, subscription, message }: Delivery,
  url: string,
  origin: Origin,
  content: string,
): Promise<void> {
  const { notifyContentFormat } = subscription.attributes;
  const contentType = `text/${notifyContentFormat === 'XML' ? 'xml' : 'plain'};charset=utf-8`;
  const push = { url, content, contentType, origin, message };
  const headers = await pushHeaders(world, account.mns.certificateUrl, push);
  const given = new AbortController();
  const giveUp = () => given.abort();
  // Real input and output: the host's timer, not the world's clock.
  const timer = setTimeout(giveUp, TIMEOUT_MS);
  world.ended.addEventListener('abort', giveUp);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers,
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
