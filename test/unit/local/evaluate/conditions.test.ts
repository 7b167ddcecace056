import { expect, it } from 'vitest';
import { conditionHolds } from '../../../../local/cloud/evaluate/condition.ts';
import { conditionOperators } from '../../../../local/cloud/evaluate/condition-operators.ts';
import { resourceMatches } from '../../../../local/cloud/evaluate/resource.ts';

/** Of each operator: the value of a policy, and values of a request that meet it, that do not, and that cannot be read. */
const OPERATORS: Readonly<Record<string, readonly [string, string[], string[], string[]]>> = {
  StringEquals: ['a*', ['a*'], ['A*', 'ab', ''], []],
  StringNotEquals: ['a', ['A', 'b', ''], ['a'], []],
  StringEqualsIgnoreCase: ['aB', ['Ab', 'aB'], ['a'], []],
  StringNotEqualsIgnoreCase: ['aB', ['a'], ['Ab'], []],
  StringLike: ['a*c?', ['abcd', 'acd'], ['abc', 'Acd'], []],
  StringNotLike: ['a*', ['b'], ['ab'], []],
  NumericEquals: ['10', ['10', '1e1', '10.0'], ['11', '9'], ['x', '', ' ']],
  NumericNotEquals: ['10', ['11', '9'], ['10', '1e1'], ['x', '']],
  NumericLessThan: ['10', ['9', '-1'], ['10', '11'], ['x']],
  NumericLessThanEquals: ['10', ['9', '10'], ['11'], ['x']],
  NumericGreaterThan: ['10', ['11'], ['10', '9'], ['x']],
  NumericGreaterThanEquals: ['10', ['10', '11'], ['9'], ['x']],
  DateEquals: ['2026-01-01T08:00:00+08:00', ['2026-01-01T00:00:00Z'], ['2026-01-01T00:00:01Z'], ['x']],
  DateNotEquals: ['2026-01-01T00:00:00Z', ['2026-01-01T00:00:01Z'], ['2026-01-01T00:00:00Z'], ['x']],
  DateLessThan: ['2026-01-02', ['2026-01-01'], ['2026-01-02', '2026-01-03'], ['x']],
  DateLessThanEquals: ['2026-01-02', ['2026-01-01', '2026-01-02'], ['2026-01-03'], ['x']],
  DateGreaterThan: ['2026-01-02', ['2026-01-03'], ['2026-01-02', '2026-01-01'], ['x']],
  DateGreaterThanEquals: ['2026-01-02', ['2026-01-02', '2026-01-03'], ['2026-01-01'], ['x']],
  Bool: ['true', ['true', 'TRUE'], ['false'], ['yes', '']],
  IpAddress: ['10.0.0.0/8', ['10.1.2.3'], ['11.0.0.1', '::1'], ['x']],
  NotIpAddress: ['10.0.0.0/8', ['11.0.0.1'], ['10.1.2.3'], ['x']],
};
const holds = (operator: string, wanted: string | string[], actual: string | null) =>
  conditionHolds({ [operator]: { 'acs:Key': wanted } }, { 'acs:key': actual });

it('the table has a row for every operator', () => {
  expect(Object.keys(OPERATORS)).toEqual([...conditionOperators.keys()]);
});

it.each(Object.entries(OPERATORS))('%s', (operator, [wanted, met, not, unreadable]) => {
  for (const actual of met) expect([actual, holds(operator, wanted, actual)]).toEqual([actual, true]);
  for (const actual of not) expect([actual, holds(operator, wanted, actual)]).toEqual([actual, false]);
  for (const actual of unreadable)
    expect([actual, holds(operator, wanted, actual)]).toEqual([actual, 'unknown']);
});

it('networks are of one address, of a width, or cannot be read', () => {
  const inside = (network: string, address: string) => holds('IpAddress', network, address);
  expect(inside('10.0.0.1', '10.0.0.1')).toBe(true);
  expect(inside('10.0.0.1', '10.0.0.2')).toBe(false);
  expect(inside('10.0.0.0/32', '10.0.0.1')).toBe(false);
  expect(inside('10.0.0.0/0', '11.0.0.1')).toBe(true);
  expect(inside('2001:db8::/32', '2001:db8::1')).toBe(true);
  expect(inside('2001:db8::1', '2001:db8::2')).toBe(false);
  for (const network of ['10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/1.5', '10.0.0.0/8/8', 'x/8'])
    expect([network, inside(network, '10.0.0.1')]).toEqual([network, 'unknown']);
});

it('of several values one suffices, and a negated operator wants all to differ', () => {
  expect(holds('StringEquals', ['a', 'b'], 'b')).toBe(true);
  expect(holds('StringNotEquals', ['a', 'b'], 'b')).toBe(false);
  expect(holds('StringNotEquals', ['a', 'b'], 'c')).toBe(true);
  expect(holds('NumericEquals', ['x', '1'], '1')).toBe(true);
  for (const none of ['', ' ', 'x']) expect(holds('NumericEquals', none, '0')).toBe('unknown');
  for (const none of ['', ' ', 'x']) expect(holds('NumericEquals', '0', none)).toBe('unknown');
  expect(holds('StringEquals', [], 'a')).toBe('unknown');
});

it('a key that is absent, one that is not known, and an operator that is not known', () => {
  expect(holds('StringEquals', 'a', null)).toBe(false);
  expect(holds('StringNotEquals', 'a', null)).toBe('unknown');
  expect(conditionHolds({ StringEquals: { 'acs:Other': 'a' } }, { 'acs:key': 'a' })).toBe('unknown');
  expect(holds('StringSounds', 'a', 'a')).toBe('unknown');
});

it('every operator and key must hold: one that does not decides, one that is unknown leaves it open', () => {
  const both = (a: string, b: string) =>
    conditionHolds({ StringEquals: { k: a }, Bool: { b } }, { k: 'a', b: 'true' });
  expect(both('a', 'true')).toBe(true);
  expect(both('x', 'true')).toBe(false);
  expect(both('a', 'odd')).toBe('unknown');
  expect(both('x', 'odd')).toBe(false);
});

it.each([
  ['*', 'acs:ram:*:1:role/x', true, true],
  ['acs:ram:*:1:role/x', 'acs:ram:*:1:role/x', true, true],
  ['acs:ram::1:role/x', 'acs:ram:*:1:role/x', true, true],
  ['acs:mns:cn-*:1:/topics/t', 'acs:mns:cn-hangzhou:1:/topics/t', true, true],
  ['acs:mns::1:/topics/t', 'acs:mns:cn-hangzhou:1:/topics/t', false, false],
  ['acs:mns:cn-hangzhou::/topics/t', 'acs:mns:cn-hangzhou:1:/topics/t', false, false],
  ['acs:oss:*:1:b', 'acs:mns:*:1:b', false, false],
  ['acs:ram:*:1:role/X', 'acs:ram:*:1:role/x', true, true],
  ['acs:ram:*:1:policy/X', 'acs:ram:*:1:policy/x', false, false],
  ['acs:ram:*:2:role/x', 'acs:ram:*:1:role/x', false, false],
  ['acs:ram:*:1:role/y', 'acs:ram:*:1:role/x', false, false],
  ['acs:a:b:c:d:e', 'acs:a:b:c:d:e', true, true],
  ['acs:fc:*:1:functions/a:b', 'acs:fc:*:1:functions/ab', false, false],
  ['acs:fc:*:1:role/X', 'acs:fc:*:1:role/x', false, false],
  ['acs:ram:cn-hangzhou:1:role/x', 'acs:ram:*:1:role/x', false, false],
  ['acs:ram:*:*', 'acs:ram:*:1:role/x', false, true],
  ['acs:ram:*:1', 'acs:ram:*:1:role/x', false, false],
  ['arn:ram:*:1:role/x', 'acs:ram:*:1:role/x', false, false],
  ['acs:*', 'acs:ram:*:1:role/x', false, true],
  ['acs:*', '*', false, false],
  ['*:*', '*', false, false],
])('the pattern %s for %s: as a right %s, as a denial %s', (pattern, resource, narrow, wide) => {
  expect([resourceMatches(pattern, resource, false), resourceMatches(pattern, resource, true)]).toEqual([
    narrow,
    wide,
  ]);
});
