import { describe, expect, it } from 'vitest';
import { saysTheSame } from '../../../shared/reconcile/diff.ts';
import { permissionDifferences } from '../../../shared/reconcile/diff-permission.ts';
import { rulesOf, sameRules } from '../../../shared/reconcile/diff-rules.ts';

const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '1', Statement: statements });

/** The rules of one statement that allows an action on everything, unless it says otherwise. */
const rules = (statement: object) =>
  rulesOf(document({ Effect: 'Allow', Action: 'a:B', Resource: '*', ...statement }))?.map(
    ({ effect, action, kind, value, condition }) => [effect, action, kind, value, condition].join(' '),
  );

describe('a document is read rule by rule', () => {
  it.each([
    ['one', {}, ['Allow a:b Resource * {}']],
    [
      'lists',
      { Action: ['a:B', 'C:d'], Resource: ['x', 'Y'] },
      [
        'Allow a:b Resource x {}',
        'Allow a:b Resource Y {}',
        'Allow c:d Resource x {}',
        'Allow c:d Resource Y {}',
      ],
    ],
    ['everything but an action', { Action: undefined, NotAction: 'A:b' }, ['Allow not a:b Resource * {}']],
    ['no action', { Action: undefined }, ['Allow (nothing) Resource * {}']],
    ['an empty list of actions', { Action: [] }, ['Allow (nothing) Resource * {}']],
    [
      'everything but nothing',
      { Action: [], NotAction: [] },
      ['Allow (nothing) Resource * {}', 'Allow not (nothing) Resource * {}'],
    ],
    ['no resource', { Resource: undefined }, ['Allow a:b Resource (nothing) {}']],
    ['an object for a resource', { Resource: { a: 1 } }, ['Allow a:b Resource {"a":1} {}']],
    ['a number for a resource', { Resource: 7 }, ['Allow a:b Resource 7 {}']],
    [
      'everything but a resource',
      { Resource: undefined, NotResource: ['x'] },
      ['Allow a:b NotResource x {}'],
    ],
    ['no effect', { Effect: undefined }, ['undefined a:b Resource * {}']],
    [
      'principals of two kinds',
      { Resource: undefined, Principal: { RAM: ['x', 'y'], Service: 'z' } },
      ['Allow a:b RAM x {}', 'Allow a:b RAM y {}', 'Allow a:b Service z {}'],
    ],
    ['everybody', { Resource: undefined, Principal: '*' }, ['Allow a:b Principal * {}']],
    ['no principal', { Resource: undefined, Principal: {} }, ['Allow a:b Principal (nothing) {}']],
    ['none of a kind', { Resource: undefined, Principal: { RAM: [] } }, ['Allow a:b RAM (nothing) {}']],
    [
      'everybody but one',
      { Resource: undefined, NotPrincipal: { RAM: ['x'] } },
      ['Allow a:b NotPrincipal {"RAM":["x"]} {}'],
    ],
    ['an empty condition', { Condition: {} }, ['Allow a:b Resource * {}']],
    ['a condition that is none', { Condition: 'x' }, ['Allow a:b Resource * "x"']],
    [
      'conditions, whose operators and keys have no letter case',
      { Condition: { StringEquals: { 'B:k': ['2', '1'], 'a:K': 'x' }, Bool: { c: true } } },
      ['Allow a:b Resource * [["bool",[["c",["true"]]]],["stringequals",[["a:k",["x"]],["b:k",["1","2"]]]]]'],
    ],
  ])('%s', (_what, statement, expected) => {
    expect(rules(statement)).toEqual(expected);
  });

  it('is none where it has another version, or statements that are no objects', () => {
    expect(rulesOf('{"Version":"1"}')).toEqual([]);
    for (const text of [
      '{"Statement":[]}',
      '{"Version":"2","Statement":[]}',
      document({}, 7 as never),
      '[]',
      'x',
    ])
      expect(rulesOf(text)).toBeNull();
  });

  it('says the same in any order and as often as it likes, and not with one rule more', () => {
    const [one, other] = [
      { Effect: 'Allow', Action: 'a:b', Resource: 'x' } as const,
      { Effect: 'Allow', Action: 'a:c', Resource: 'x' } as const,
    ];
    const of = (...statements: readonly object[]) => rulesOf(document(...statements)) ?? [];
    expect(sameRules(of(one, other), of(other, one, other))).toBe(true);
    expect(sameRules(of(one), of(one, other))).toBe(false);
    expect(sameRules(of(one, other), of(one))).toBe(false);
    expect(saysTheSame(document(one), { Version: '1', Statement: [one] })).toBe(true);
    for (const text of ['x', document(), document(other), document(one, other)])
      expect(saysTheSame(text, { Version: '1', Statement: [one] })).toBe(false);
  });
});

it('how a permission differs is told in words, rule by rule', () => {
  const wanted = {
    Version: '1',
    Statement: [
      { Effect: 'Allow', Action: ['a:b', 'a:c'], Resource: ['*'] },
      { Effect: 'Allow', Action: ['a:d'], Resource: ['x'] },
    ],
  } as const;
  expect(permissionDifferences(JSON.stringify(wanted), wanted)).toEqual([]);
  expect(
    permissionDifferences(document({ Effect: 'Allow', Action: ['a:b', 'a:e'], Resource: '*' }), wanted),
  ).toEqual(['a:c is missing', 'a:d on x is missing', 'Allow a:e on * was not asked for']);
  expect(permissionDifferences(document({ Effect: 'Deny', Action: 'a:b', Resource: 'y' }), null)).toEqual([
    'Deny a:b on y was not asked for',
  ]);
  expect(permissionDifferences(document(), null)).toEqual([]);
  expect(permissionDifferences('x', wanted)).toEqual(['the document cannot be read as a RAM policy']);
});
