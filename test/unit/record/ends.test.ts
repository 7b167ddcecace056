import { describe, expect, it } from 'vitest';
import { type EndRules, NO_END_RULES as NONE, say, short } from '../../../shared/record/ends.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { held, RULES, textOf, timeOf } from './words.ts';

describe('of two ends the one that was said later counts, and of one millisecond the earlier', () => {
  it.each<readonly [string, number, number | null, EndRules, string]>([
    ['granted 10 until 60', 9, 80, NONE, 'granted 10 until 60'],
    ['granted 10 until 60', 10, 80, NONE, 'granted 10 until 60'],
    ['granted 10 until 60', 10, 40, NONE, 'granted 10 until 40'],
    ['granted 10 until 60', 10, null, NONE, 'granted 10 until 60'],
    ['granted 10', 10, 40, NONE, 'granted 10 until 40'],
    ['granted 10 until 60', 11, 80, NONE, 'granted 10 until 80 said 11'],
    ['granted 10 until 60', 11, null, NONE, 'granted 10 said 11'],
    ['granted 10 until 60 said 12 extended', 13, 80, NONE, 'granted 10 until 80 said 13'],
    ['granted 10 until 60 default said 12', 12, 80, NONE, 'granted 10 until 60 default said 12'],
    ['granted 10 until 60 default said 12', 12, 40, NONE, 'granted 10 until 60 default said 12'],
    ['granted 10 until 60 default said 12', 11, 80, NONE, 'granted 10 until 60 default said 12'],
    ['granted 10 until 60 default said 12', 13, 80, NONE, 'granted 10 until 80 said 13'],
    ['granted 10 until 60 default', 3, 11, NONE, 'granted 10 until 11 said 3'],
    ['granted 10 until 60 default', 3, 10, NONE, 'granted 10 until 60 default said 3'],
    ['granted 10 until 60 default', 3, 9, NONE, 'granted 10 until 60 default said 3'],
    ['granted 10 until 60 said 3 since 2', 4, 10, RULES, 'granted 10 until 110 default said 4 since 10'],
    [
      'granted 10 until 60 said 3 extended since 2 revoked 1 on r-1',
      4,
      9,
      RULES,
      'granted 10 until 109 default said 4 since 9 revoked 1 on r-1',
    ],
    ['granted 10 until 60 said 3 since 2', 4, 9, NONE, 'granted 10 default said 4 since 9'],
    ['revoked 10 until 60', 11, 80, NONE, 'granted 10 until 80 said 11'],
    ['revoked 10 until 60 said 3', 4, 9, RULES, 'granted 10 until 109 default said 4 since 9'],
  ])('%s, at %i until %s: %#', (before, at, until, rules, after) => {
    const end = timeOf(until);
    expect(textOf(say(held(before), millis(at), end, rules))).toBe(after);
  });
});

describe('an entry leaves out what its stamp says', () => {
  it.each([
    ['granted 10 until 60', 'granted 10 until 60'],
    ['granted 10 until 60 said 10', 'granted 10 until 60'],
    ['granted 10 until 60 said 10 extended', 'granted 10 until 60'],
    ['granted 10 until 60 said 9 extended', 'granted 10 until 60 said 9 extended'],
    ['granted 10 until 60 said 9', 'granted 10 until 60 said 9'],
    ['granted 10 until 60 default said 10', 'granted 10 until 60 default said 10'],
    ['granted 10 until 60 default said 9 extended', 'granted 10 until 60 default said 9 extended'],
    ['granted 10 until 60 extended', 'granted 10 until 60'],
    ['granted 10 until 60 since 10 revoked 3 on r-1', 'granted 10 until 60 revoked 3 on r-1'],
    ['granted 10 until 60 since 9 revoked 3 read-only', 'granted 10 until 60 since 9 revoked 3 read-only'],
  ])('%s: %s', (before, after) => {
    expect(textOf(short(held(before)))).toBe(after);
  });
});
