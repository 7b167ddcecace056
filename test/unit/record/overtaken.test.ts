import { describe, expect, it } from 'vitest';
import { type EndRules, NO_END_RULES as NONE } from '../../../shared/record/ends.ts';
import { leavesTrace, saysSo } from '../../../shared/record/overtaken.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { entryOf, held, RULES, timeOf, wordOf } from './words.ts';

const DEFAULT: EndRules = { ...NONE, defaultEnd: () => millis(50) };
const LATEST: EndRules = { ...NONE, latestEnd: () => millis(50) };

describe('a word that came too late is written down where it changes more than a time', () => {
  it.each<readonly [string, string, EndRules, boolean]>([
    ['none', 'granted 10', NONE, true],
    ['granted 10', 'granted 10', NONE, false],
    ['granted 10', 'granted 10', RULES, true],
    ['granted 10', 'revoked 10', NONE, true],
    ['granted 10 until 60', 'granted 10 until 50', NONE, true],
    ['granted 10 until 60', 'granted 10', NONE, true],
    ['granted 10 on r-1', 'granted 10 on r-2', NONE, true],
    ['granted 10', 'granted 10 on r-2', NONE, true],
    ['granted 10 default', 'granted 10 default since 9', NONE, false],
    ['granted 10 until 60 default', 'granted 10 until 60 default since 9', NONE, true],
    ['granted 10 until 60', 'granted 10 until 60 since 9', NONE, false],
    ['granted 10', 'granted 10', DEFAULT, true],
    ['granted 10', 'granted 10', LATEST, true],
  ])('%s, then %s: %#', (before, after, rules, isKept) => {
    expect(leavesTrace(entryOf(before), held(after), millis(9), rules)).toBe(isKept);
  });
});

describe('an entry says what a grant asked for', () => {
  it.each<readonly [string, number | null, string, EndRules, boolean]>([
    ['granted 10', null, '9', NONE, true],
    ['revoked 10', null, '9', NONE, false],
    ['revoked 10 until 60', null, '9', NONE, false],
    ['granted 10', 10, '9', NONE, false],
    ['granted 10', 9, '9', NONE, true],
    ['granted 10 on r-1', null, '9', NONE, false],
    ['granted 10 on r-1', null, '9 on r-1', NONE, true],
    ['granted 10 until 60', null, '9', NONE, true],
    ['granted 10 until 60', null, '9 until 60', NONE, true],
    ['granted 10 until 60', null, '9 until 61', NONE, false],
    ['granted 10 until 60', null, '9 never', NONE, false],
    ['granted 10', null, '9 never', NONE, true],
    ['granted 10', null, '9 never', RULES, false],
    ['granted 10 until 509', null, '9 never', RULES, true],
    ['granted 10 until 509', null, '9 until 900', RULES, true],
    ['granted 10 until 509', null, '9 until 500', RULES, false],
  ])('%s, closed %s, of %s: %#', (entry, closed, word, rules, says) => {
    const closedAt = timeOf(closed);
    expect(saysSo(held(entry), closedAt, wordOf(word), rules)).toBe(says);
  });
});
