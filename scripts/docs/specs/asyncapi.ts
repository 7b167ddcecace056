import type { Samples } from './openapi.ts';
import { schemasOf } from './schemas.ts';

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The topics in AsyncAPI 3.1: what the owner's account receives, and what it sends. */
export function asyncapi(version: string, sample: Samples): object {
  const message = (name: string, title: string, samples: readonly string[]) => ({
    name,
    title,
    contentType: 'application/json',
    payload: schema(name),
    examples: samples.map((one) => ({ name: one, payload: sample(one) })),
  });
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'dms-handshake topics',
      version,
      description:
        "Requests come in on a topic of the owner's account, replies go out on another. Delivery is at least once and in no order: requests are idempotent, copies of a reply carry one id.",
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      owner: {
        host: '{ownerUid}.mns.{region}.aliyuncs.com',
        protocol: 'https',
        description: "Simple Message Queue (formerly MNS) in the owner's account, HTTP API 2015-06-06.",
        variables: {
          ownerUid: { description: 'UID of account B.', default: '2000000000000002' },
          region: { default: 'cn-hangzhou' },
        },
      },
    },
    channels: {
      requests: {
        address: 'dms-handshake-requests',
        description: 'Or the topic that the requester is bound to.',
        servers: [{ $ref: '#/servers/owner' }],
        messages: {
          request: { $ref: '#/components/messages/Request' },
          signedRequest: { $ref: '#/components/messages/SignedRequest' },
        },
      },
      replies: {
        address: 'dms-handshake-replies',
        description: 'The message tag is `data.status`, for filters on subscriptions.',
        servers: [{ $ref: '#/servers/owner' }],
        messages: { reply: { $ref: '#/components/messages/Reply' } },
      },
    },
    operations: {
      receiveRequest: {
        action: 'receive',
        channel: { $ref: '#/channels/requests' },
        summary: 'Grants, revokes or verifies access, and replies exactly once to each request.',
        messages: [
          { $ref: '#/channels/requests/messages/request' },
          { $ref: '#/channels/requests/messages/signedRequest' },
        ],
        reply: {
          channel: { $ref: '#/channels/replies' },
          messages: [{ $ref: '#/channels/replies/messages/reply' }],
        },
      },
      sendReply: {
        action: 'send',
        channel: { $ref: '#/channels/replies' },
        summary: 'The outcome of a request, or a state that the scheduled verification found changed.',
        messages: [{ $ref: '#/channels/replies/messages/reply' }],
      },
    },
    components: {
      messages: {
        Request: message('Request', 'A request, raw or in base64', [
          'request-minimal',
          'request-full',
          'request-console',
          'request-scoped',
          'request-read-only',
        ]),
        SignedRequest: message('SignedRequest', 'A request of a requester that must sign', ['signed']),
        Reply: {
          ...message('Reply', 'The outcome of a request', ['reply-verified', 'reply-rejected']),
          contentType: 'application/cloudevents+json',
          correlationId: { location: '$message.payload#/correlationid' },
        },
      },
      schemas: schemasOf(['Request', 'SignedRequest', 'Reply'], 'draft-7'),
    },
  };
}
