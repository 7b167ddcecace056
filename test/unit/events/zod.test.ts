import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from '../../../events/zod.ts';

/** From JSON: an object that looks as if it had a length, which is no number and cannot be made one. */
const ODD = JSON.parse('{ "length": { "valueOf": null, "toString": null } }');

describe('what is no text and no list is refused, and its length is not asked', () => {
  const schemas = [
    z.string().check(z.minLength(1)),
    z.string().check(z.maxLength(3)),
    z.array(z.string()).check(z.minLength(1, 'expected one')),
    z.array(z.string()).check(z.maxLength(3, { error: 'expected three' })),
    z.union([z.string(), z.array(z.string()).check(z.minLength(1))]),
  ];

  it('where it has a length that is no number', () => {
    for (const schema of schemas) expect(schema.safeParse(ODD).success).toBe(false);
    expect(z.array(z.string()).check(z.minLength(1)).safeParse({ length: 0 }).error?.issues).toHaveLength(1);
  });

  it('whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, maxDepth: 2 }), (length) => {
        for (const schema of schemas) expect(schema.safeParse({ length }).success).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

it('what has another fault is measured as well', () => {
  const messages = (schema: z.ZodMiniType, value: unknown) =>
    schema.safeParse(value).error?.issues.map(({ message }) => message);
  const text = z.string().check(z.regex(/x/, 'no x'), z.maxLength(2, 'too long'));
  expect(messages(text, 'abc')).toEqual(['no x', 'too long']);
  const list = z.array(z.string('no text')).check(z.maxLength(1, 'too many'));
  expect(messages(list, [1, 'b'])).toEqual(['too many']);
  expect(messages(list, [1])).toEqual(['no text']);
  expect(messages(list, 'texts')).toHaveLength(1);
});

it('texts and lists are measured', () => {
  const some = z
    .array(z.string())
    .check(z.minLength(1, 'expected one'), z.maxLength(2, { error: 'two at most' }));
  expect(some.safeParse([]).error?.issues.map(({ message }) => message)).toEqual(['expected one']);
  expect(some.safeParse(['a', 'b', 'c']).error?.issues.map(({ message }) => message)).toEqual([
    'two at most',
  ]);
  expect(some.safeParse(['a']).success).toBe(true);
  expect(z.string().check(z.minLength(2)).safeParse('a').success).toBe(false);
  expect(z.string().check(z.maxLength(2)).safeParse('abc').success).toBe(false);
});

it('measures nothing that is none of what any of several schemas takes', () => {
  const texts = z.union([z.string(), z.array(z.string())]).check(z.maxLength(2));
  expect(texts.safeParse(ODD).error?.issues.map(({ code }) => code)).toEqual(['invalid_union']);
  expect(texts.safeParse(['a', 'b', 'c']).error?.issues.map(({ code }) => code)).toEqual(['too_big']);
});
