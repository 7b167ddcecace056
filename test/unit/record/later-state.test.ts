import { describe, expect, it } from 'vitest';
import { mergeRecords } from '../../../shared/record/merge-records.ts';
import { earlierEnd, laterRevoke, laterState, narrower, outlives } from '../../../shared/record/tie-break.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { held, recordOf, textOf, textsOf, timeOf } from './words.ts';

const emergency = (at: number, digest = 'd') => ({
  at: millis(at),
  until: millis(at + 50),
  digest,
  reason: 'orders are lost',
});

describe('of two states of one entry the later one is, whichever was read first', () => {
  it.each([
    ['the one of the later word', 'granted 11', 'revoked 10'],
    ['of one time the revoke', 'revoked 10', 'granted 10'],
    ['of one time the revoke, also before one that has run out', 'revoked 10', 'revoked 10 until 60'],
    ['the one that knows of a later revoke', 'granted 10 since 6 revoked 5', 'granted 10 since 6 revoked 4'],
    ['the one that knows of a revoke', 'granted 10 since 6 revoked 0', 'granted 10 since 6'],
    ['the one whose end was said later', 'granted 10 until 60 said 12', 'granted 10 until 50 said 11'],
    ['the one whose end was said', 'granted 10 until 60 said 12', 'granted 10 until 50 default'],
    ['the one that ends earlier', 'granted 10 until 50', 'granted 10 until 60'],
    ['the one that ends', 'granted 10 until 50', 'granted 10'],
    ['the one that is written down as ended', 'revoked 10 until 50', 'granted 10 until 50'],
    ['the one that began earlier', 'granted 10 until 50 since 4', 'granted 10 until 50 since 5'],
    ['the one that began before its stamp', 'granted 10 until 50 since 9', 'granted 10 until 50'],
    ['the narrower one', 'granted 10 on r-1', 'granted 10'],
    ['of two as narrow the first by name', 'granted 10 on r-1', 'granted 10 on r-2'],
    ['a grant that took the place of an emergency', 'granted 10 until 60', 'granted 20 until 50 emergency'],
    ['one of the same millisecond', 'granted 20 until 60', 'granted 20 until 50 emergency'],
    ['one without an end that did', 'granted 10', 'granted 20 until 50 emergency'],
    ['one that has run out since', 'revoked 10 until 21', 'granted 20 until 50 emergency'],
    ['an emergency after a grant that had ended', 'granted 20 until 50 emergency', 'granted 10 until 20'],
    ['an emergency after a revoke', 'granted 20 until 50 emergency', 'revoked 10'],
    ['an emergency after another', 'granted 20 until 50 emergency', 'granted 10 until 60 emergency'],
    ['a grant after an emergency', 'granted 30', 'granted 20 until 50 emergency'],
    ['a revoke after an emergency', 'revoked 30', 'granted 20 until 50 emergency'],
  ])('%s: %s, and not %s', (_what, later, earlier) => {
    const [a, b] = [held(later), held(earlier)];
    expect([textOf(laterState(a, b)), textOf(laterState(b, a))]).toEqual([later, later]);
  });

  it('of two that are equal the first is', () => {
    const [a, b] = [held('granted 10 on r-1'), held('granted 10 on r-1')];
    expect(laterState(a, b)).toBe(a);
    expect(laterState(b, a)).toBe(b);
  });
});

describe('which of two counts', () => {
  it('is the scope of fewer instances, then the first by name', () => {
    const [all, one, two, none] = [
      {},
      { instances: ['r-2'] },
      { instances: ['r-1', 'r-3'] },
      { instances: [] },
    ];
    for (const [less, more] of [
      [one, all],
      [one, two],
      [none, one],
      [none, all],
      [{ instances: ['r-1'] }, one],
    ] as const)
      expect([narrower(less, more), narrower(more, less)]).toEqual([less, less]);
  });

  it.each([
    [null, null, null],
    [10, null, 10],
    [null, 10, 10],
    [10, 20, 10],
    [20, 10, 10],
    [10, 10, 10],
  ])('of the ends %s and %s: %s', (a, b, end) => {
    expect(earlierEnd(timeOf(a), timeOf(b))).toBe(end);
  });

  it.each([
    [null, null, null],
    [10, null, 10],
    [null, 10, 10],
    [10, 20, 20],
    [20, 10, 20],
    [10, 10, 10],
    [null, -10, -10],
    [-10, null, -10],
  ])('of the revokes %s and %s: %s', (a, b, revoke) => {
    expect(laterRevoke(timeOf(a), timeOf(b))).toBe(revoke);
  });

  it.each([
    [10, null, true],
    [10, 9, true],
    [10, 10, false],
    [10, 11, false],
  ])('a word of %i outlives a revoke of %s: %s', (at, revoke, lives) => {
    expect(outlives(millis(at), timeOf(revoke))).toBe(lives);
  });
});

describe('two readings of one record', () => {
  it('have of each grant the later state, and all that either has', () => {
    const read = recordOf({ redis: 'granted 10', gdb: 'granted 30', rds: 'revoked 5' });
    const own = recordOf({ redis: 'revoked 12', gdb: 'granted 20', lindorm: 'granted 1' });
    const all = ['redis revoked 12', 'gdb granted 30', 'rds revoked 5', 'lindorm granted 1'];
    expect(textsOf(mergeRecords(read, own))).toEqual(all);
    expect([...textsOf(mergeRecords(own, read))].sort()).toEqual([...all].sort());
  });

  it.each([
    [null, null, null],
    [10, null, 10],
    [null, 10, 10],
    [10, 11, 11],
    [11, 10, 11],
    [10, 10, 10],
  ])('closed %s and %s: closed %s', (read, own, closed) => {
    const merged = mergeRecords(
      recordOf({}, { closedAt: timeOf(read) }),
      recordOf({}, { closedAt: timeOf(own) }),
    );
    expect(merged).toStrictEqual({ entries: new Map(), closedAt: closed, unreadable: [] });
  });

  it.each([
    ['the later of both', 10, 20, 20],
    ['the later, read', 20, 10, 20],
    ['what was read', 10, null, 10],
    ['what was written', null, 10, 10],
  ])('have one emergency, %s', (_what, read, own, at) => {
    const of = (time: number | null) => recordOf({}, time === null ? {} : { emergency: emergency(time) });
    expect(mergeRecords(of(read), of(own)).emergency).toEqual(emergency(at));
  });

  it('of one emergency have the one that was read, and of the rest what was read', () => {
    const read = recordOf({}, { unreadable: ['dms-engine-gdb'], emergency: emergency(10, 'a') });
    const merged = mergeRecords(read, recordOf({}, { unreadable: ['other'], emergency: emergency(10, 'b') }));
    expect(merged).toEqual(read);
  });
});
