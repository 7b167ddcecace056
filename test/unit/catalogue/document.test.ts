import { describe, expect, it } from 'vitest';
import { rulesOf, sameRules } from '../../../shared/reconcile/diff-rules.ts';

const rules = (...statements: unknown[]) =>
  rulesOf(JSON.stringify({ Version: '1', Statement: statements })) ?? [];
const base = { Effect: 'Allow', Action: ['a:One', 'a:Two'], Resource: ['x', 'y'] };
const same = (left: unknown, right: unknown) => sameRules(rules(left), rules(right));

describe('what a document says', () => {
  it('two actions on two resources are four rules', () => {
    expect(rules(base).map(({ action, value }) => `${action} ${value}`)).toEqual([
      'a:one x',
      'a:one y',
      'a:two x',
      'a:two y',
    ]);
  });

  it('a single statement need not be in a list', () => {
    const one = rulesOf(JSON.stringify({ Version: '1', Statement: base }));
    expect(one).toEqual(rules(base));
  });

  it.each([
    ['a repeated action', { ...base, Action: ['a:One', 'a:Two', 'a:one'] }],
    ['another order', { Resource: ['y', 'x'], Action: ['a:Two', 'a:One'], Effect: 'Allow' }],
    ['an empty condition', { ...base, Condition: {} }],
  ])('is the same with %s', (_what, other) => {
    expect(same(base, other)).toBe(true);
  });

  it.each([
    ['NotAction', { Effect: 'Allow', NotAction: ['a:One', 'a:Two'], Resource: ['x', 'y'] }],
    ['NotResource', { Effect: 'Allow', Action: ['a:One', 'a:Two'], NotResource: ['x', 'y'] }],
    ['both', { ...base, NotResource: 'z' }],
    ['a key that nobody knows', { ...base, Sid: 'x' }],
    ['an effect in another case', { ...base, Effect: 'allow' }],
    ['no effect', { Action: base.Action, Resource: base.Resource }],
    ['a resource in another case', { ...base, Resource: ['X', 'y'] }],
    ['a condition of no form', { ...base, Condition: 'x' }],
    ['a condition without keys', { ...base, Condition: { StringEquals: {} } }],
    ['an effect that no text can be made of', { ...base, Effect: { toString: false } }],
    ['an action that is no text', { ...base, Action: ['a:One', 'a:Two', { a: 1 }] }],
    ['a principal', { ...base, Principal: { RAM: ['x'] } }],
  ])('is another with %s', (_what, other) => {
    expect(same(base, other)).toBe(false);
  });

  it.each([
    '',
    'x',
    'null',
    '[]',
    '{"Statement":[]}',
    '{"Version":"2","Statement":[]}',
    '{"Version":"1","Statement":["x"]}',
    '{"Version":"1","Statement":[[]]}',
  ])('is nothing in "%s"', (broken) => {
    expect(rulesOf(broken)).toBeNull();
  });

  it('conditions are compared by operator, key and set of values', () => {
    const under = (Condition: object) => ({ ...base, Condition });
    const condition = {
      StringEquals: { 'sts:ExternalId': ['a', 'b'], 'acs:SourceVpc': 'v' },
      Bool: { 'acs:SecureTransport': true },
    };
    const rewritten = {
      bool: { 'ACS:securetransport': ['true'] },
      stringequals: { 'acs:sourcevpc': ['v'], 'STS:ExternalID': ['b', 'a'] },
    };
    expect(same(under(condition), under(rewritten))).toBe(true);
    expect(same(under(condition), under({ ...condition, Bool: { 'acs:SecureTransport': false } }))).toBe(
      false,
    );
    expect(same(under(condition), under({ StringEquals: condition.StringEquals }))).toBe(false);
  });
});
