import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../../events/problem.ts';
import { standardNames } from '../../../shared/installation/installation.ts';
import { replySubscription } from '../../../shared/installation/reply-subscription.ts';
import { senderRoleName } from '../../../shared/installation/requester-permissions.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'));
const openapi = read('docs/openapi.json');
const asyncapi = read('docs/asyncapi.json');

/** Every object below a value, with its path. */
function* below(value: unknown, path = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, child] of Object.entries(value))
    yield* below(child, `${path}/${key.replaceAll('/', '~1')}`);
}

/** The value that a reference within a document points to. */
const resolve = (document: object, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => Object(at)[key.replaceAll('~1', '/')], document);

const documents: [string, object][] = [
  ['openapi', openapi],
  ['asyncapi', asyncapi],
];

it.each(documents)('every reference in %s leads somewhere', (_name, document) => {
  const refs = [...below(document)].flatMap(([, node]) =>
    typeof node['$ref'] === 'string' ? [node['$ref']] : [],
  );
  expect(refs.length).toBeGreaterThan(3);
  for (const ref of refs) expect(resolve(document, ref), ref).toBeDefined();
});

/** The examples of a document, each with the schema that it is an example of. */
function examplesOf(document: object): { where: string; schema: object; value: unknown }[] {
  return [...below(document)].flatMap(([where, node]) => {
    const schema = Object(node['schema'] ?? node['payload']);
    if (typeof schema.$ref !== 'string') return [];
    const several = Object.values(Object(node['examples'])).map(
      (one) => Object(one).value ?? Object(one).payload,
    );
    const values = 'example' in node ? [node['example']] : several;
    return values.map((value, index) => ({
      where: `${where} ${index}`,
      schema: Object(resolve(document, schema.$ref)),
      value,
    }));
  });
}

describe('the examples', () => {
  it.each(examplesOf(openapi))('of openapi at $where', ({ schema, value }) => {
    const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }));
    expect(ajv.validate(schema, value), JSON.stringify(ajv.errors)).toBe(true);
  });

  it.each(examplesOf(asyncapi))('of asyncapi at $where', ({ schema, value }) => {
    const ajv = addFormats.default(new Ajv({ strict: true, allowUnionTypes: true }));
    expect(ajv.validate(schema, value), JSON.stringify(ajv.errors)).toBe(true);
  });

  it('are all there, and a wrong one is found', () => {
    expect([examplesOf(openapi).length, examplesOf(asyncapi).length]).toEqual([6, 10]);
    const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }));
    expect(ajv.validate(openapi.components.schemas.Request, { requesterUid: '1', engine: ['redis'] })).toBe(
      false,
    );
  });
});

describe('a request as the interface describes it', () => {
  const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }));
  const takes = (request: object): boolean => ajv.validate(openapi.components.schemas.Request, request);

  it.each([
    ['abc', false],
    ['01', false],
    ['12345678901234567', false],
    [0, false],
    [1.5, false],
    ['1000000000000001', true],
    [1000000000000001, true],
  ])('of requesterUid %j is taken: %s', (requesterUid, taken) => {
    expect(takes({ requesterUid, engines: ['redis'] })).toBe(taken);
  });

  it('has no default, which generators would take for a field that is always there', () => {
    expect([...below(openapi.components.schemas.Request)].filter(([, node]) => 'default' in node)).toEqual(
      [],
    );
  });
});

it('an answer may have words and fields that nobody knows yet', () => {
  const reply = asyncapi.components.schemas.Reply;
  const [{ payload }] = asyncapi.components.messages.Reply.examples;
  const ajv = addFormats.default(new Ajv({ strict: true, allowUnionTypes: true }));
  const newer = { ...payload, more: 1, data: { ...payload.data, status: 'of-tomorrow', more: 1 } };
  expect(ajv.validate(reply, newer), JSON.stringify(ajv.errors)).toBe(true);
  expect(ajv.validate(reply, { ...payload, data: { ...payload.data, status: 7 } })).toBe(false);
});

it('every operation says who may call it, and every path what other paths and methods answer', () => {
  for (const path of Object.values<Record<string, { security?: object; responses: object }>>(openapi.paths))
    for (const { security } of Object.values(path)) expect(security).toBeDefined();
  expect(Object.keys(openapi.paths['/requests'].post.responses)).toEqual(
    expect.arrayContaining(['404', '405']),
  );
});

describe('asyncapi is enough for a program in another language', () => {
  it('says which role to assume, and every server how it is signed for', () => {
    const { senderSession } = asyncapi.components.securitySchemes;
    expect(senderSession['x-assume-role']).toMatchObject({
      roleArn: `acs:ram::{ownerUid}:role/${senderRoleName('{requesterUid}')}`,
      externalId: null,
    });
    for (const server of Object.values<{ security?: object[] }>(asyncapi.servers))
      expect(server.security).toHaveLength(1);
  });

  it('says of every field of a request and of a reply what it means', () => {
    const { Request, Reply } = asyncapi.components.schemas;
    for (const { properties } of [Request, Reply.properties.data])
      for (const [field, schema] of Object.entries(properties))
        expect(Object(schema).description, field).toMatch(/^.{12,}\.$/);
  });

  it('has the queue of account A with the filter tag that its subscription has', () => {
    const at = standardNames('{region}', '{ownerUid}');
    const { filterTag, endpoint } = replySubscription(at, '{requesterUid}');
    expect(asyncapi.channels.replyQueue).toMatchObject({
      address: at.replyTopic,
      'x-subscription': { filterTag, endpoint },
    });
  });

  it.each(documents)('%s describes every problem code, and takes those of tomorrow', (_name, document) => {
    const codes = [...below(document)].flatMap(([, node]) =>
      Array.isArray(node['anyOf']) && node['anyOf'].some((one) => Object(one).const === 'internal')
        ? [node['anyOf']]
        : [],
    );
    expect(codes.length).toBeGreaterThan(0);
    for (const list of codes) {
      expect(list.map((one) => one.const)).toEqual([...PROBLEM_CODES, undefined]);
      expect(list.at(-1)).toEqual({ type: 'string' });
      for (const { title, description } of list.slice(0, -1))
        expect(`${title}: ${description}`).toMatch(/\w: .{12}/);
    }
  });
});
