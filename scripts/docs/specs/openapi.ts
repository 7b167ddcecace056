import { STATUS_OF } from '../../../functions/intake/http-problems.ts';
import { schemasOf } from './schemas.ts';

/** Samples by name, as they stand in `events/samples`. */
export type Samples = (name: string) => unknown;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const header = (description: string, example: string) => ({
  description,
  schema: { type: 'string' },
  example,
});

const RETRY = { 'Retry-After': header('Seconds to wait before the next try.', '30') };

/** Status of each refusal, with what it is about. */
const REFUSALS: readonly (readonly [status: number, about: string, headers?: object])[] = [
  [400, 'The request cannot be read, or names what does not exist.'],
  [
    401,
    'The sender is not proved. The same answer for every reason.',
    {
      'WWW-Authenticate': {
        description: 'The scheme to use.',
        schema: { type: 'string' },
        example: 'Bearer realm="dms-handshake"',
      },
    },
  ],
  [403, 'The sender is proved, but may not ask for this.'],
  [404, 'There is no such path.'],
  [
    405,
    'The path knows another method.',
    { Allow: { description: 'The method to use.', schema: { type: 'string' }, example: 'POST' } },
  ],
  [409, 'A copy under the same key is under way.', RETRY],
  [413, 'The request takes more than 64 KB, as sent or as handed on.'],
  [415, 'The body is not application/json.'],
  [422, 'The key came with another body before, as far as this instance remembers.'],
  [429, 'The request topic takes no more for now. Nothing was accepted.', RETRY],
  [
    503,
    'The request could not be handed on, or this installation is set up wrongly. Nothing was accepted.',
    RETRY,
  ],
];

/** The HTTP interface in OpenAPI 3.1. */
export function openapi(version: string, sample: Samples): object {
  const codes = (status: number) =>
    Object.entries(STATUS_OF)
      .filter(([, one]) => one === status)
      .map(([code]) => `\`${code}\``)
      .join(', ');
  const problem = ([status, about, headers]: (typeof REFUSALS)[number]) => ({
    description: codes(status) === '' ? about : `${about} Codes: ${codes(status)}.`,
    ...(headers === undefined ? {} : { headers }),
    content: {
      'application/problem+json': {
        schema: ref('Problem'),
        ...(status === 400 ? { example: sample('http-answer-problem') } : {}),
      },
    },
  });
  return {
    openapi: '3.1.1',
    info: {
      title: 'dms-handshake intake',
      version,
      description:
        'Asks the owner of databases for cross-account DMS access. An accepted request is answered on the reply topic.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: 'https://{host}',
        description: 'The URL of the HTTP trigger.',
        variables: { host: { default: 'example.cn-hangzhou.fcapp.run' } },
      },
    ],
    paths: {
      '/requests': {
        post: {
          operationId: 'postRequest',
          summary: 'Ask for access, give it back, or have it checked',
          security: [
            { bearer: [] },
            { standardWebhooks: [] },
            { hubSignature256: [] },
            { hubSignature: [] },
            { zendesk: [] },
          ],
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              description:
                'The same in every copy of one request. Becomes the request id of a request without one. Webhook delivery ids do the same.',
              schema: { type: 'string' },
              example: 'DBA-4711-1',
            },
            ...['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
              name,
              in: 'header',
              required: false,
              description:
                'For a requester that must sign (Standard Webhooks, v1a), and for a client that proves itself so.',
              schema: { type: 'string' },
            })),
          ],
          requestBody: {
            required: true,
            description: 'A client with `requestAt` sends its own event, and the request inside it.',
            content: {
              'application/json': {
                schema: ref('Request'),
                examples: Object.fromEntries(
                  ['minimal', 'full', 'console'].map((name) => [name, { value: sample(`request-${name}`) }]),
                ),
              },
            },
          },
          responses: {
            202: {
              description:
                'The request topic has taken it. The outcome arrives on the reply topic under this request id.',
              headers: { 'Cache-Control': header('Never stored.', 'no-store') },
              content: {
                'application/json': { schema: ref('Accepted'), example: sample('http-answer-accepted') },
              },
            },
            ...Object.fromEntries(REFUSALS.map((refusal) => [refusal[0], problem(refusal)])),
          },
        },
      },
      '/health': {
        get: {
          operationId: 'getHealth',
          summary: 'Whether the function runs',
          description: 'Without credentials; calls nothing.',
          security: [],
          responses: {
            200: {
              description: 'It runs.',
              content: {
                'application/json': { schema: ref('Health'), example: sample('http-answer-health') },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: schemasOf(['Request', 'Accepted', 'Health', 'Problem'], 'draft-2020-12'),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of the client, as its variable holds it.',
        },
        standardWebhooks: apiKey(
          'webhook-signature',
          'Standard Webhooks, `v1` or `v1a`, with webhook-id and webhook-timestamp.',
        ),
        hubSignature256: apiKey(
          'X-Hub-Signature-256',
          '`sha256=` and the hex of the HMAC-SHA256 of the raw body.',
        ),
        hubSignature: apiKey('X-Hub-Signature', 'The same, for senders that know this name only.'),
        zendesk: apiKey('X-Zendesk-Webhook-Signature', 'With X-Zendesk-Webhook-Signature-Timestamp.'),
      },
    },
  };
}

const apiKey = (name: string, description: string) => ({ type: 'apiKey', in: 'header', name, description });
