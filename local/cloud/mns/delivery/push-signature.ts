import { createHash, createSign } from 'node:crypto';
import type { RestResponse } from '../../rest.ts';
import { mnsStringToSign } from '../../signature/mns.ts';
import type { World } from '../../world.ts';
import type { PublishedMessage } from '../topic.ts';
import type { Origin } from './envelope.ts';

/** The key that pushes are signed with, and the certificate of it that receivers fetch: PEM. */
export interface SigningPair {
  readonly key: string;
  readonly cert: string;
}

/** Where a door has the certificate, under the vendor's own name of the file. */
export const CERTIFICATE_PATH = '/x509_public_certificate.pem';

/** The certificate for whoever checks a push. It is public, and answered to any host. */
export async function certificateAnswer({ signing }: World): Promise<RestResponse> {
  if (signing === null) return { status: 404, headers: {}, body: '' };
  const { cert } = await signing();
  return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: cert };
}

/**
 * The headers of a push: what it is about, and where the world signs, the signature (RSA with SHA-1 over the text of MNS
 * signature version 2) and the address of the certificate in base64. Names are in lower case, as the vendor's Python
 * receiver looks for them. `Content-MD5` is the digest in upper-case hex.
 *
 * Belief push-headers (inferred): a push carries these headers and no others that are signed. Source: a recorded push whose
 * signature holds. Shown wrong by: by hand, because only the local cloud rests on it: a subscription of HTTP type in
 * the real cloud.
 */
export async function pushHeaders(
  { signing, clock }: World,
  certificateUrl: string | null,
  push: {
    readonly url: string;
    readonly content: string;
    readonly contentType: string;
    readonly origin: Origin;
    readonly message: PublishedMessage;
  },
): Promise<Record<string, string>> {
  const { message, origin, content } = push;
  const headers: Record<string, string> = {
    'content-md5': createHash('md5').update(content).digest('hex').toUpperCase(),
    'content-type': push.contentType,
    date: new Date(clock.now()).toUTCString(),
    'x-mns-message-id': message.id,
    ...(message.tag === null ? {} : { 'x-mns-message-tag': encodeURIComponent(message.tag) }),
    'x-mns-publish-time': String(message.publishedAt),
    'x-mns-request-id': message.id.slice(0, 24),
    'x-mns-subscriber': origin.subscriber,
    'x-mns-subscription-name': origin.subscriptionName,
    'x-mns-topic-name': origin.topicName,
    'x-mns-topic-owner': origin.topicOwner,
    'x-mns-version': '2015-06-06',
  };
  if (signing === null || certificateUrl === null) return headers;
  headers['x-mns-signing-cert-url'] = Buffer.from(certificateUrl).toString('base64');
  const { pathname, search } = new URL(push.url);
  const text = mnsStringToSign({ method: 'POST', headers, target: `${pathname}${search}` });
  const { key } = await signing();
  return { ...headers, authorization: createSign('RSA-SHA1').update(text).sign(key, 'base64') };
}
