import { expect, it } from 'vitest';
import { withoutNulls } from '../../../events/nulls.ts';
import * as z from '../../../events/zod.ts';

const inner = z.object({ a: z.optional(z.string()), b: z.string() });
const schema = z.object({
  optional: z.optional(inner),
  withDefault: z._default(z.array(inner), []),
  nullable: z.nullable(z.string()),
  must: z.string(),
  texts: z.optional(z.array(z.string())),
});

it.each<[what: string, value: unknown, expected: unknown]>([
  ['what may be left out', { optional: null, withDefault: null, texts: null }, {}],
  ['of an object within', { optional: { a: null, b: 'b' } }, { optional: { b: 'b' } }],
  ['of each object of a list', { withDefault: [{ a: null }, { a: 'a' }] }, { withDefault: [{}, { a: 'a' }] }],
  ['not what must be there', { must: null, nullable: null }, { must: null, nullable: null }],
  ['not what must be there within', { optional: { b: null } }, { optional: { b: null } }],
  ['not what nobody knows', { other: null, toString: null }, { other: null, toString: null }],
  ['not entries of a list', { texts: ['t', null] }, { texts: ['t', null] }],
  [
    'not what has another form',
    { optional: 't', withDefault: { a: null } },
    { optional: 't', withDefault: { a: null } },
  ],
  ['not of a list in the place of an object', { optional: [{ a: null }] }, { optional: [{ a: null }] }],
  ['not the value itself', null, null],
  ['nothing of a text', 't', 't'],
])('nulls are taken out of %s', (_what, value, expected) => {
  expect(withoutNulls(schema, value)).toEqual(expected);
});

it('an object of no own name of a field is kept whole', () => {
  const value: unknown = JSON.parse('{"__proto__": null, "optional": null}');
  expect(Object.entries(Object(withoutNulls(schema, value)))).toEqual([['__proto__', null]]);
});
