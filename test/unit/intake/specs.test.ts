import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';

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
    expect([examplesOf(openapi).length, examplesOf(asyncapi).length]).toEqual([6, 9]);
    const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }));
    expect(ajv.validate(openapi.components.schemas.Request, { requesterUid: '1', engine: ['redis'] })).toBe(
      false,
    );
  });
});
