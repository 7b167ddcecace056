import { readFileSync } from 'node:fs';
import { acceptedSchema, healthSchema, httpProblemSchema } from '../../../events/http-answers.ts';
import { ownerSchema } from '../../../events/owner.ts';
import { replySchema, STATUSES } from '../../../events/reply.ts';
import { requestSchema } from '../../../events/request.ts';
import { signedSchema } from '../../../events/signed.ts';
import { UID } from '../../../events/uid.ts';
import * as z from '../../../events/zod.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { fieldWords } from './field-words.ts';
import { areProblemCodes, problemCodes } from './problem-codes.ts';

/** What the contract is made of. A request is described as it may be sent, everything else as it is. */
const SHAPES = {
  Request: { schema: requestSchema, io: 'input' },
  SignedRequest: { schema: signedSchema, io: 'output' },
  OwnersWord: { schema: ownerSchema(), io: 'input' },
  Reply: { schema: replySchema, io: 'output' },
  Accepted: { schema: acceptedSchema, io: 'output' },
  Health: { schema: healthSchema, io: 'output' },
  Problem: { schema: httpProblemSchema, io: 'output' },
} as const;

export type ShapeName = keyof typeof SHAPES;

/** What a schema cannot say by itself. */
const DESCRIPTIONS: Partial<Record<ShapeName, string>> = {
  Request: `A request. To grant \`register\`, at least one engine; \`users\` with \`console\` only, \`engines\` and \`connections\` without it; \`instances\` and \`readOnly\` with \`grant\` and \`register\` only, and not both; \`expiresAt\` with \`grant\` and \`extend\` only, in the future, and \`extend\` needs it. Engines are ids or product names in any case: ${ALL_ENGINES.join(', ')}. \`null\` for a field that may be left out is the same as leaving it out.`,
  SignedRequest:
    'A request with the proof of its sender: Standard Webhooks v1a, Ed25519 over `id.timestamp.payload`, within 300 seconds.',
  OwnersWord:
    'What the owner says: one thing a message. `close` takes away all that a role grants, whoever is listed.',
  Reply: 'The outcome of a request: a CloudEvent 1.0. Copies of one reply carry the same `id`.',
  Problem: 'RFC 9457. Branch on `status` and `code`; `detail` is for people.',
};

/** JSON Schemas of the named shapes, each in place, without references between them. */
export function schemasOf(names: readonly ShapeName[], target: 'draft-2020-12' | 'draft-7'): object {
  return Object.fromEntries(
    names.map((name) => {
      const { schema, io } = SHAPES[name];
      const { $schema: _dialect, '~standard': _library, ...body } = z.toJSONSchema(schema, { target, io });
      const description = DESCRIPTIONS[name];
      const told = name === 'Reply' ? explained(body) : body;
      const shape = name === 'Request' ? asSent(body) : OPEN.includes(name) ? opened(told) : body;
      return [name, { ...(description === undefined ? {} : { description }), ...shape }];
    }),
  );
}

/** What a newer version of ours may say more in: readers must take words and fields that they do not know. */
const OPEN: readonly ShapeName[] = ['Reply', 'Accepted', 'Health', 'Problem'];

type Json = z.core.JSONSchema.BaseSchema;

/** Fields that may be left out may be null as well: the reader of requests sees to it, not the schema. */
function asSent(body: Json): object {
  const { properties = {}, required = [] } = body;
  const words = fieldWords(requestsPage(), 'The fields of a request');
  const fields = Object.entries({ ...properties, requesterUid: REQUESTER_UID }).map(([field, schema]) => {
    // A default here would make generators demand the field of whoever sends.
    const { default: _, ...plain } = Object(schema);
    if (required.includes(field)) return [field, plain];
    return [field, { description: words.get(field), anyOf: [plain, { type: 'null' }] }];
  });
  return { ...body, properties: Object.fromEntries(fields) };
}

/** With what the page says of each field of a reply's data, and of each status. */
function explained(body: Json): Json {
  const words = fieldWords(requestsPage(), 'The reply');
  const { data, ...outer } = body.properties ?? {};
  const { properties = {}, ...rest } = Object(data);
  const fields = Object.entries({ ...properties }).map(([field, schema]) => {
    const description =
      field === 'status'
        ? STATUSES.map((status) => `${status}: ${words.get(status)}`).join(' ')
        : words.get(field);
    return [field, description === undefined ? schema : { description, ...Object(schema) }];
  });
  return { ...body, properties: { ...outer, data: { ...rest, properties: Object.fromEntries(fields) } } };
}

const requestsPage = (): string => readFileSync('docs/use/requests.md', 'utf8');

/** The schema of the code takes any text and number, and says afterwards what is wrong with it. */
const REQUESTER_UID = {
  description: 'UID of account A. As a number only up to 9007199254740991, or digits are lost on the way.',
  anyOf: [
    { type: 'string', pattern: UID.source },
    { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
  ],
};

/** Without `additionalProperties: false`, and with every list of words open: the known ones, or any other. */
function opened(value: unknown): object {
  const entries = Object.entries(Object(value)).flatMap(([key, one]): [string, unknown][] => {
    if (key === 'additionalProperties' && one === false) return [];
    return [[key, Array.isArray(one) ? one.map(openedItem) : openedItem(one)]];
  });
  const { enum: words, ...rest } = Object.fromEntries(entries);
  if (!Array.isArray(words)) return { ...rest };
  // What each code is about stands beside it, so that nobody needs a page to branch on it.
  const known = areProblemCodes(words)
    ? problemCodes(readFileSync('docs/problems.md', 'utf8'))
    : [{ enum: words }];
  return { ...rest, anyOf: [...known, { type: 'string' }] };
}

const openedItem = (one: unknown): unknown => (typeof one === 'object' && one !== null ? opened(one) : one);
