import { describe, expect, it } from 'vitest';
import { endNow, forget, revoke } from '../../../shared/record/apply-revoke.ts';
import { type EndRules, NO_END_RULES as NONE } from '../../../shared/record/ends.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { entryOf, held, RULES, textOf, timeOf } from './words.ts';

describe('a revoke takes away what was said up to it, and keeps what was said later', () => {
  it.each<readonly [string, number | null, number, EndRules, string]>([
    ['none', null, 10, NONE, 'revoked 10'],
    ['none', 10, 10, NONE, 'none'],
    ['none', 9, 10, NONE, 'revoked 10'],
    ['revoked 10', null, 10, NONE, 'revoked 10'],
    ['revoked 10', null, 11, NONE, 'revoked 11'],
    ['revoked 10', null, 9, NONE, 'revoked 10'],
    ['revoked 10', 11, 11, NONE, 'revoked 10'],
    ['granted 10 on r-1', null, 10, NONE, 'revoked 10'],
    ['granted 10', null, 11, NONE, 'revoked 11'],
    ['granted 10', 11, 12, NONE, 'revoked 12'],
    ['granted 10', 10, 11, NONE, 'revoked 11'],
    ['granted 10', 11, 11, NONE, 'granted 10'],
    ['granted 10 revoked 5', null, 5, RULES, 'granted 10 revoked 5'],
    ['granted 10 revoked 5', null, 6, RULES, 'granted 10 revoked 6'],
    ['granted 10', null, 9, RULES, 'granted 10 revoked 9'],
    ['granted 10', null, 9, NONE, 'granted 10 revoked 9'],
    ['granted 10 since 4', null, 4, RULES, 'granted 10 since 4 revoked 4'],
    ['granted 10 since 4', null, 3, RULES, 'granted 10 since 4 revoked 3'],
    ['granted 10 until 60 since 4', null, 6, RULES, 'granted 10 until 60 since 6 revoked 6'],
    ['granted 10 until 60 since 4', 6, 6, RULES, 'granted 10 until 60 since 4'],
    ['granted 10 until 60 since 4', 6, 7, RULES, 'granted 10 until 60 since 7 revoked 7'],
    ['granted 10 until 60 since 4', 10, 7, RULES, 'granted 10 until 60 since 4'],
    ['granted 10 until 60 said 8 since 4', null, 6, RULES, 'granted 10 until 60 said 8 since 6 revoked 6'],
    ['granted 10 until 300 said 8 since 4', null, 6, RULES, 'granted 10 until 300 said 8 since 6 revoked 6'],
    ['granted 10 until 60 said 8 since 4', null, 8, RULES, 'granted 10 until 108 default since 8 revoked 8'],
    [
      'granted 10 until 60 said 8 extended since 4',
      null,
      6,
      RULES,
      'granted 10 until 60 said 8 extended since 6 revoked 6',
    ],
    [
      'granted 10 until 300 said 8 extended since 4',
      null,
      6,
      RULES,
      'granted 10 until 106 said 8 extended since 6 revoked 6',
    ],
    [
      'granted 10 until 300 said 8 extended since 4',
      null,
      6,
      NONE,
      'granted 10 until 300 said 8 extended since 6 revoked 6',
    ],
    [
      'granted 10 until 300 said 12 extended since 4',
      null,
      6,
      RULES,
      'granted 10 until 300 said 12 extended since 6 revoked 6',
    ],
    [
      'granted 10 until 300 said 10 extended since 4',
      null,
      6,
      RULES,
      'granted 10 until 300 said 10 extended since 6 revoked 6',
    ],
    ['granted 10 until 60 default since 4', null, 6, RULES, 'granted 10 until 106 default since 6 revoked 6'],
    [
      'granted 10 until 60 default said 2 since 4',
      null,
      6,
      RULES,
      'granted 10 until 106 default since 6 revoked 6',
    ],
    ['granted 10 until 60 said 12', null, 10, NONE, 'revoked 10 until 60 said 12 revoked 10'],
    ['granted 10 until 60 said 12', null, 11, NONE, 'revoked 11 until 60 said 12 revoked 11'],
    ['granted 10 until 60 said 12', null, 12, NONE, 'revoked 12'],
    [
      'granted 10 until 60 said 12 extended',
      null,
      11,
      NONE,
      'revoked 11 until 60 said 12 extended revoked 11',
    ],
    ['granted 10 said 12', null, 11, NONE, 'revoked 11 said 12'],
    ['granted 10 default said 12', null, 11, NONE, 'revoked 11'],
    ['revoked 10 until 20', null, 12, NONE, 'revoked 12'],
    ['revoked 10 until 20', null, 9, NONE, 'revoked 10 until 20 revoked 9'],
    ['revoked 10 until 20 since 5', null, 7, RULES, 'revoked 10 until 20 since 7 revoked 7'],
    ['revoked 10 until 60 said 20 revoked 10', null, 12, NONE, 'revoked 12 until 60 said 20 revoked 12'],
    ['revoked 10 until 60 said 20 revoked 10', null, 10, NONE, 'revoked 10 until 60 said 20 revoked 10'],
  ])('%s, closed %s, revoked at %i: %#', (before, closed, at, rules, after) => {
    const closedAt = timeOf(closed);
    expect(textOf(revoke(entryOf(before), closedAt, millis(at), rules))).toBe(after);
  });
});

describe('what is left of a newer grant is what was said since', () => {
  it.each<readonly [string, number, EndRules, string]>([
    ['granted 10', 9, RULES, 'granted 10'],
    ['granted 10', 10, RULES, 'granted 10 until 110 default since 10 revoked 10'],
    ['granted 10 until 60 since 4', 3, RULES, 'granted 10 until 60 since 4'],
    ['granted 10 until 60 since 4', 4, RULES, 'granted 10 until 60 since 4 revoked 4'],
    ['granted 10 until 60 since 4 on r-1', 5, NONE, 'granted 10 until 60 since 5 revoked 5 on r-1'],
    ['granted 10 until 60 said 8 since 4', 7, RULES, 'granted 10 until 60 said 8 since 7 revoked 7'],
    ['granted 10 until 60 said 8 since 4', 8, RULES, 'granted 10 until 108 default since 8 revoked 8'],
    [
      'granted 10 until 60 said 8 extended since 4',
      8,
      RULES,
      'granted 10 until 108 default since 8 revoked 8',
    ],
    ['revoked 10 until 60 since 4', 5, NONE, 'revoked 10 until 60 since 5 revoked 5'],
    ['revoked 10 until 20 since 4', 10, RULES, 'granted 10 until 110 default since 10 revoked 10'],
  ])('%s, revoked at %i: %#', (before, at, rules, after) => {
    expect(textOf(forget(held(before), millis(at), rules))).toBe(after);
  });
});

describe('an end that comes now, for whatever reason, counts as said now', () => {
  it.each([
    ['granted 10 until 60', 20, 'revoked 10 until 20 said 20'],
    ['granted 10 until 60', 20.9, 'revoked 10 until 20 said 20'],
    [
      'granted 10 until 60 default since 4 revoked 1 on r-1',
      20,
      'revoked 10 until 20 said 20 since 4 revoked 1 on r-1',
    ],
    ['granted 10 until 60 said 12 extended', 20, 'revoked 10 until 20 said 20'],
    ['granted 10 until 60 emergency', 20, 'revoked 10 until 20 said 20 emergency'],
  ])('%s, at %d: %s', (before, now, after) => {
    expect(textOf(endNow(held(before), millis(now)))).toBe(after);
  });
});
