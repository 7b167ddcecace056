import { describe, expect, it } from 'vitest';
import { grant } from '../../../shared/record/apply-grant.ts';
import { type EndRules, NO_END_RULES as NONE } from '../../../shared/record/ends.ts';
import { entryOf, RULES, textOf, timeOf, wordOf } from './words.ts';

/** An entry, the time of a close, a grant that arrives then, the rules of ends, and the entry after it. */
type Row = readonly [string, number | null, string, EndRules, string];

const check = ([before, closed, word, rules, after]: Row) => {
  expect(textOf(grant(entryOf(before), timeOf(closed), wordOf(word), rules))).toBe(after);
};

describe('the first grant', () => {
  it.each<Row>([
    ['none', null, '10', NONE, 'granted 10 default'],
    ['none', null, '10', RULES, 'granted 10 until 110 default'],
    ['none', null, '10 until 60', RULES, 'granted 10 until 60'],
    ['none', null, '10 never', NONE, 'granted 10'],
    ['none', null, '10 never', RULES, 'granted 10 until 510'],
    ['none', null, '10 until 900', RULES, 'granted 10 until 510'],
    ['none', null, '10 until 510', RULES, 'granted 10 until 510'],
    ['none', null, '10 on r-1 r-2', NONE, 'granted 10 default on r-1 r-2'],
    ['none', null, '10 read-only', NONE, 'granted 10 default read-only'],
  ])('%s, closed %s, then %s: %#', (...row) => {
    check(row);
  });
});

describe('a grant after a revoke or a close counts where it is newer, and has what was said after it', () => {
  it.each<Row>([
    ['none', 10, '10', NONE, 'none'],
    ['none', 9, '10', NONE, 'granted 10 default'],
    ['revoked 10', null, '10', NONE, 'revoked 10'],
    ['revoked 10', null, '11', NONE, 'granted 11 default revoked 10'],
    ['revoked 10', 11, '11', NONE, 'revoked 10'],
    ['revoked 10', 11, '12', NONE, 'granted 12 default revoked 10'],
    ['granted 5', 7, '7', NONE, 'granted 5'],
    ['granted 5', 7, '8', NONE, 'granted 8 default'],
    ['granted 5 revoked 3', 7, '8', NONE, 'granted 8 default revoked 3'],
    ['granted 5 revoked 3', null, '3', NONE, 'granted 5 revoked 3'],
    ['granted 5 revoked 3', null, '4', NONE, 'granted 5 since 4 revoked 3'],
    ['granted 5 until 60 said 9', 7, '8', NONE, 'granted 8 until 60 said 9'],
    ['revoked 10 until 60 said 20 revoked 10', null, '15', NONE, 'granted 15 until 60 said 20 revoked 10'],
    [
      'revoked 10 until 60 said 20 revoked 10',
      null,
      '15 until 30',
      NONE,
      'granted 15 until 60 said 20 revoked 10',
    ],
    [
      'revoked 10 until 60 said 20 extended revoked 10',
      null,
      '15 on r-1',
      NONE,
      'granted 15 until 60 said 20 extended revoked 10 on r-1',
    ],
    ['revoked 10 until 60 said 20 revoked 10', null, '19', NONE, 'granted 19 until 60 said 20 revoked 10'],
    ['revoked 10 until 60 said 20 revoked 10', null, '20', NONE, 'granted 20 default revoked 10'],
    ['revoked 10 until 60 said 20 revoked 10', null, '20 until 40', NONE, 'granted 20 until 40 revoked 10'],
  ])('%s, closed %s, then %s: %#', (...row) => {
    check(row);
  });
});

describe('a grant of what is granted, or has run out', () => {
  it.each<Row>([
    ['granted 5 until 8', null, '7', NONE, 'granted 7 until 8 said 5 since 5'],
    ['granted 5 until 8', null, '8', NONE, 'granted 8 default said 5'],
    ['granted 5 until 8', null, '9 until 20', NONE, 'granted 9 until 20'],
    ['granted 5 until 8 default', null, '8', NONE, 'granted 8 default'],
    ['granted 5 until 8 default said 3', null, '8', NONE, 'granted 8 default said 3'],
    ['granted 5 until 5', null, '5', NONE, 'granted 5 until 5'],
    ['granted 5', null, '5', NONE, 'granted 5'],
    ['granted 5', null, '5', RULES, 'granted 5'],
    ['granted 5 on r-1', null, '5 on r-1', RULES, 'granted 5 on r-1'],
    ['granted 5 default', null, '9', NONE, 'granted 5 default'],
    ['granted 5', null, '9', NONE, 'granted 5'],
    ['granted 5 until 60', null, '9', NONE, 'granted 9 until 60 said 5 since 5'],
    ['granted 5 until 105 default', null, '9', RULES, 'granted 5 until 105 default'],
    ['granted 5 until 600 default', null, '9', RULES, 'granted 9 until 509 default since 5'],
    ['granted 5 until 509 default', null, '9', RULES, 'granted 5 until 509 default'],
    ['granted 5 until 510 default', null, '9', RULES, 'granted 9 until 509 default since 5'],
    ['granted 5 on r-1', null, '9 on r-1', NONE, 'granted 9 said 5 since 5 on r-1'],
    ['granted 5 on r-1', null, '9', NONE, 'granted 9 said 5 since 5'],
    ['granted 5', null, '9 on r-1', NONE, 'granted 9 said 5 since 5 on r-1'],
    ['revoked 5 until 8', null, '7', NONE, 'revoked 7 until 8 said 5 since 5'],
    ['revoked 5 until 8 default', null, '7', NONE, 'revoked 7 until 8 default since 5'],
    ['revoked 5 until 8', null, '8', NONE, 'granted 8 default said 5'],
    ['granted 5 until 60 on r-1', null, '5 on r-1 r-2', NONE, 'granted 5 until 60 on r-1'],
    ['granted 5 until 60 on r-1 r-2', null, '5 on r-1', NONE, 'granted 5 until 60 on r-1'],
    ['granted 5 until 60', null, '5 until 60', NONE, 'granted 5 until 60'],
    ['granted 5 until 60', null, '5 until 40', NONE, 'granted 5 until 40'],
    ['granted 5 until 60', null, '5 until 80', NONE, 'granted 5 until 60'],
    ['granted 5 until 60', null, '9 until 40', NONE, 'granted 9 until 40 since 5'],
    ['granted 5 until 60', null, '9 never', NONE, 'granted 9 since 5'],
    ['granted 5 until 60', null, '9 until 900', RULES, 'granted 9 until 509 since 5'],
    ['granted 5 default', null, '9 until 30', NONE, 'granted 9 until 30 since 5'],
    ['granted 5 until 60 said 7', null, '9', NONE, 'granted 9 until 60 said 7 since 5'],
    ['granted 9 until 60 said 7 extended since 2', null, '12 until 80', NONE, 'granted 12 until 80 since 2'],
    [
      'granted 9 until 60 said 7 extended since 2',
      null,
      '12',
      NONE,
      'granted 12 until 60 said 7 extended since 2',
    ],
    [
      'granted 9 until 60 said 7 extended since 2 revoked 1',
      null,
      '12 on r-1',
      NONE,
      'granted 12 until 60 said 7 extended since 2 revoked 1 on r-1',
    ],
    ['granted 5 until 600', null, '9 on r-1', RULES, 'granted 9 until 509 said 5 since 5 on r-1'],
  ])('%s, closed %s, then %s: %#', (...row) => {
    check(row);
  });
});

describe('a grant that was sent before the last one', () => {
  it.each<Row>([
    ['granted 20 until 60', null, '10', NONE, 'granted 20 until 60 since 10'],
    ['granted 20 until 60', null, '10 until 90', NONE, 'granted 20 until 60 since 10'],
    ['granted 20 until 300', null, '10', RULES, 'granted 20 until 300 since 10'],
    ['granted 20 until 60 default', null, '10', NONE, 'granted 20 until 60 default since 10'],
    ['granted 20 until 120 default', null, '10', RULES, 'granted 20 until 110 default since 10'],
    ['granted 20 until 105 default', null, '10', RULES, 'granted 20 until 105 default since 10'],
    ['granted 20 default', null, '10 until 90', NONE, 'granted 20 until 90 said 10 since 10'],
    ['granted 20 default', null, '10 until 90', RULES, 'granted 20 until 90 said 10 since 10'],
    ['granted 20 default', null, '10 until 900', RULES, 'granted 20 until 510 said 10 since 10'],
    ['granted 20 until 60', null, '10 until 20', NONE, 'granted 20 until 60'],
    ['granted 20 until 60', null, '10 until 21', NONE, 'granted 20 until 60 since 10'],
    ['granted 20 default', null, '10 until 20', NONE, 'granted 20 default said 10'],
    ['granted 20 default', null, '10 until 21', NONE, 'granted 20 until 21 said 10 since 10'],
    ['granted 20 default', null, '10 until 15', NONE, 'granted 20 default said 10'],
    ['granted 150 until 250 default', null, '49', RULES, 'granted 150 until 250 default'],
    ['granted 150 until 250 default', null, '50', RULES, 'granted 150 until 250 default'],
    ['granted 150 until 250 default', null, '51', RULES, 'granted 150 until 151 default since 51'],
    ['granted 150 until 250', null, '40', RULES, 'granted 150 until 250'],
    ['granted 20 default said 12', null, '10 until 90', NONE, 'granted 20 default said 12'],
    ['granted 20 default said 12', null, '12 until 90', NONE, 'granted 20 default said 12'],
    ['granted 20 default said 12', null, '13 until 90', NONE, 'granted 20 until 90 said 13 since 13'],
    ['granted 20 default said 12', null, '13', NONE, 'granted 20 default said 12 since 13'],
    [
      'granted 20 until 120 default said 12',
      null,
      '13',
      RULES,
      'granted 20 until 113 default said 12 since 13',
    ],
    ['granted 20 until 60 since 5', null, '10', NONE, 'granted 20 until 60 since 5'],
    ['granted 20 until 60 since 5', null, '10 until 90', NONE, 'granted 20 until 60 since 5'],
    ['granted 20 until 60 said 8 since 5', null, '10 until 90', NONE, 'granted 20 until 90 said 10 since 5'],
    ['granted 20 until 60 said 8 since 5', null, '10 until 15', NONE, 'granted 20 default said 10 since 15'],
    ['granted 20 until 60 said 8 since 5', null, '4 until 15', NONE, 'granted 20 until 60 said 8 since 4'],
    ['granted 20 until 60 said 8 since 5', null, '4 until 5', NONE, 'granted 20 until 60 said 8 since 5'],
    ['granted 20 until 60 said 8 since 5', null, '4', NONE, 'granted 20 until 60 said 8 since 4'],
    ['granted 20 until 60 said 10 since 5', null, '10 until 90', NONE, 'granted 20 until 60 said 10 since 5'],
    ['granted 20 until 60 said 10 since 5', null, '10 until 40', NONE, 'granted 20 until 40 said 10 since 5'],
    ['granted 20 until 60 default since 5', null, '10', RULES, 'granted 20 until 60 default since 5'],
    ['granted 20 until 300 default since 10', null, '10', RULES, 'granted 20 until 300 default since 10'],
    ['granted 20 until 300 default since 11', null, '10', RULES, 'granted 20 until 110 default since 10'],
    [
      'granted 20 until 60 default since 5',
      null,
      '10 until 400',
      RULES,
      'granted 20 until 400 said 10 since 5',
    ],
    [
      'granted 20 until 60 default since 5',
      null,
      '10 until 15',
      RULES,
      'granted 20 until 60 default said 10 since 5',
    ],
    [
      'granted 20 until 60 default since 5 revoked 2',
      null,
      '10 until 15 on r-1',
      RULES,
      'granted 20 until 60 default said 10 since 5 revoked 2',
    ],
    ['granted 20 until 60 on r-1', null, '10 on r-2', NONE, 'granted 20 until 60 since 10 on r-1'],
    ['revoked 20 until 60', null, '10 until 90', NONE, 'revoked 20 until 60 since 10'],
    ['revoked 20 until 60', null, '10', NONE, 'revoked 20 until 60 since 10'],
  ])('%s, closed %s, then %s: %#', (...row) => {
    check(row);
  });
});

describe('a grant of what was granted in an emergency', () => {
  it.each<Row>([
    ['granted 20 until 60 emergency', null, '10', NONE, 'granted 10 default'],
    ['granted 20 until 60 emergency', null, '30', NONE, 'granted 30 default'],
    ['granted 20 until 60 emergency revoked 4', null, '30', NONE, 'granted 30 default revoked 4'],
    [
      'granted 20 until 60 emergency revoked 4',
      null,
      '30 until 90 on r-1',
      NONE,
      'granted 30 until 90 revoked 4 on r-1',
    ],
    ['granted 20 until 60 emergency revoked 4', null, '4', NONE, 'granted 20 until 60 revoked 4 emergency'],
    [
      'granted 20 until 60 emergency on r-1',
      null,
      '5 until 20',
      NONE,
      'granted 20 until 60 emergency on r-1',
    ],
    ['granted 20 until 60 emergency on r-1', null, '5 until 21', NONE, 'granted 5 until 21'],
    ['granted 20 until 60 emergency', null, '20', RULES, 'granted 20 until 120 default'],
    ['granted 20 until 60 emergency', null, '20 until 20', RULES, 'granted 20 until 20'],
    ['granted 200 until 260 emergency', null, '100', RULES, 'granted 200 until 260 emergency'],
    ['granted 200 until 260 emergency', null, '101', RULES, 'granted 101 until 201 default'],
    ['revoked 20 until 60 emergency', null, '70', NONE, 'granted 70 default'],
    ['granted 20 until 60 emergency', 25, '26', NONE, 'granted 26 default'],
    ['granted 20 until 60 emergency', 25, '25', NONE, 'granted 20 until 60 emergency'],
    ['granted 20 until 60 emergency', 25, '19', NONE, 'granted 20 until 60 emergency'],
  ])('%s, closed %s, then %s: %#', (...row) => {
    check(row);
  });
});
