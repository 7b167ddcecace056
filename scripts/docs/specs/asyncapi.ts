import type { Samples } from './openapi.ts';
import { schemasOf } from './schemas.ts';
import { REPLY_QUEUE, SECURITY_SCHEMES, SERVERS } from './topic-access.ts';
import { PUBLISH } from './topic-calls.ts';

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
        "Requests come in on a topic of the owner's account (B), the owner's word on a second, replies go out on a third and arrive in a queue of the requester's account (A). Account A assumes its sender role, publishes a request with a requestId of its own, and receives from its queue until a reply has that id as correlationid. Delivery is at least once and in no order: the same request twice is one grant, copies of a reply carry one id. A request to which no reply came may be sent again as it is. Examples in Python and with curl: docs/use/other-languages.md.",
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: SERVERS,
    channels: {
      requests: {
        address: 'dms-handshake-requests',
        description: 'Or the topic that the requester is bound to.',
        servers: [{ $ref: '#/servers/owner' }],
        messages: {
          request: { $ref: '#/components/messages/Request' },
          signedRequest: { $ref: '#/components/messages/SignedRequest' },
        },
        'x-calls': PUBLISH,
      },
      owner: {
        address: 'dms-handshake-owner',
        description: 'Only approvers of the owner may publish here. Nothing else is taken from this topic.',
        servers: [{ $ref: '#/servers/owner' }],
        messages: { ownersWord: { $ref: '#/components/messages/OwnersWord' } },
      },
      replies: {
        address: 'dms-handshake-replies',
        description:
          'The message tag says whom a reply is for: a UID, which the subscription of that requester is filtered by; `unproved` where nobody is proved to have asked; `owner` for what the owner alone is told.',
        servers: [{ $ref: '#/servers/owner' }],
        messages: { reply: { $ref: '#/components/messages/Reply' } },
      },
      replyQueue: REPLY_QUEUE,
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
      receiveOwnersWord: {
        action: 'receive',
        channel: { $ref: '#/channels/owner' },
        summary: 'Takes access away; tells the requester and the owner.',
        messages: [{ $ref: '#/channels/owner/messages/ownersWord' }],
        reply: {
          channel: { $ref: '#/channels/replies' },
          messages: [{ $ref: '#/channels/replies/messages/reply' }],
        },
      },
      sendReply: {
        action: 'send',
        channel: { $ref: '#/channels/replies' },
        summary:
          'The outcome of a request, a state that the scheduled verification found changed, or (type `dms-handshake.access.break-glass.v1`, tag `owner`) that access was taken in an emergency.',
        messages: [{ $ref: '#/channels/replies/messages/reply' }],
      },
      deliverReply: {
        action: 'send',
        channel: { $ref: '#/channels/replyQueue' },
        summary: 'The reply topic delivers each reply for account A into its queue, at least once.',
        messages: [{ $ref: '#/channels/replyQueue/messages/reply' }],
      },
    },
    components: {
      messages: {
        Request: {
          ...message('Request', 'A request, raw or in base64', [
            'request-minimal',
            'request-full',
            'request-console',
            'request-scoped',
            'request-read-only',
            'request-break-glass',
          ]),
          correlationId: {
            location: '$message.payload#/requestId',
            description: 'Comes back as correlationid of the reply. Without it, the id of the message does.',
          },
        },
        SignedRequest: message('SignedRequest', 'A request of a requester that must sign', ['signed']),
        OwnersWord: message('OwnersWord', 'A word of the owner', ['owner-close']),
        Reply: {
          ...message('Reply', 'The outcome of a request', ['reply-verified', 'reply-rejected']),
          contentType: 'application/cloudevents+json',
          correlationId: { location: '$message.payload#/correlationid' },
        },
      },
      securitySchemes: SECURITY_SCHEMES,
      schemas: schemasOf(['Request', 'SignedRequest', 'OwnersWord', 'Reply'], 'draft-7'),
    },
  };
}
