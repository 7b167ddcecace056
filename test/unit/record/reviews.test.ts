import { describe, expect, it } from 'vitest';
import { grantTexts, isGrantText } from '../../../shared/record/grant-texts.ts';
import { dueNotices } from '../../../shared/record/notices.ts';
import type { GrantId } from '../../../shared/record/record.ts';
import { dueReview, hasLapsed, unconfirmedIds } from '../../../shared/record/reviews.ts';
import { dayOf, dueUnused, usedOn } from '../../../shared/record/unused.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DAY } from '../../kit/time.ts';
import { held, recordOf, timeOf } from './words.ts';

const day = (days: number) => millis(days * DAY);
const dayOrNull = (days: number | null) => (days === null ? null : day(days));
/** Texts of entries whose times are in days. */
const inDays = (texts: Partial<Record<GrantId, string>>) =>
  recordOf(
    Object.fromEntries(
      Object.entries(texts).map(([id, text]) => [
        id,
        `${text}`.replace(/\b(\d+(?:\.\d+)?)\b/g, (days) => `${Number(days) * DAY}`),
      ]),
    ),
  );

const ALL = inDays({
  redis: 'granted 20 since 10',
  gdb: 'granted 15 until 50',
  rds: 'revoked 5',
  vpc: 'granted 2 until 20',
});

describe('the review of a role', () => {
  it.each<readonly [string, number | null, number | null, number, number | null]>([
    ['counts from the first of its grants', null, 30, 45, 10],
    ['counts from the first that is left', null, 15, 19, 2],
    ['counts from the last confirmation', 12, 30, 45, 12],
    ['counts from a grant after that', 9, 30, 45, 10],
    ['is none where there are no reviews', 12, null, 99, null],
  ])('%s: %#', (_what, reviewed, days, now, confirmed) => {
    const noted = { reviewedAt: dayOrNull(reviewed), askedAt: null };
    expect(dueReview(ALL, noted, days, day(now))).toEqual(
      confirmed === null || days === null
        ? null
        : { confirmedAt: day(confirmed), dueAt: day(confirmed + days), told: null },
    );
  });

  it('is none where nothing is granted', () => {
    const noted = { reviewedAt: day(12), askedAt: day(60) };
    expect(dueReview(inDays({ redis: 'revoked 1' }), noted, 30, day(99))).toBeNull();
  });

  it.each<readonly [number, number | null, number | null, boolean, number | null]>([
    [39.9, null, null, false, null],
    [40, null, null, true, null],
    [41, null, 10, true, null],
    [41, null, 11, true, 11],
    [41, 20, 30, false, null],
    [41, null, 40, true, 40],
  ])('at day %d, confirmed at %s, asked at %s: due %s', (now, reviewed, asked, isDue, told) => {
    const noted = { reviewedAt: dayOrNull(reviewed), askedAt: dayOrNull(asked) };
    const after = told === null ? null : { at: day(told), lapsesAt: day(told + 30) };
    expect(dueReview(ALL, noted, 30, day(now))).toEqual(
      isDue ? { confirmedAt: day(10), dueAt: day(40), told: after } : null,
    );
  });

  it.each<readonly [number, number | null, number | null, readonly GrantId[]]>([
    [69.9, 40, 30, []],
    [70, 40, 30, ['gdb', 'redis']],
    [71, 40, 30, ['gdb', 'redis']],
    [70, 12, 30, ['redis']],
    [70, 15, 30, ['gdb', 'redis']],
    [70, null, 30, []],
    [70, 10, 30, []],
    [70, 40, null, []],
  ])('at day %d, told at %s, every %s days: ends %j', (now, asked, days, ids) => {
    const record = inDays({
      redis: 'granted 20 since 10',
      gdb: 'granted 15 until 90',
      rds: 'granted 60',
      vpc: 'revoked 1',
    });
    const noted = { reviewedAt: null, askedAt: dayOrNull(asked) };
    expect(unconfirmedIds(record, noted, days, day(now))).toEqual(ids);
  });

  it.each([
    ['revoked 10 until 20 said 20', true],
    ['revoked 10 until 20 said 19', false],
    ['revoked 10 until 20', false],
    ['revoked 10', false],
    ['granted 10 until 20 said 20', false],
  ])('has ended %s: %s', (text, lapsed) => {
    expect(hasLapsed(held(text))).toBe(lapsed);
  });
});

describe('a role that nobody uses', () => {
  it.each<readonly [string, number | null, number | null, number, number, number | null, boolean]>([
    ['since it was granted', null, null, 5, 40, 10, false],
    ['since it was watched', null, null, 12, 42, 12, false],
    ['since the day after its last use', 11, null, 5, 42, 12, false],
    ['since it was granted, after a use before that', 8, null, 5, 40, 10, false],
    ['and that was told', null, 11, 5, 40, 10, true],
    ['and that was told too early', null, 10, 5, 40, 10, false],
    ['for less than that', null, null, 5, 39.9, null, false],
  ])('%s: %#', (_what, used, idle, from, until, since, isTold) => {
    const record = inDays({ redis: 'granted 20 since 10', gdb: 'granted 15', rds: 'revoked 3' });
    const notes = { usedAt: dayOrNull(used), idleAt: dayOrNull(idle) };
    expect(dueUnused(record, notes, 30, { from: day(from), until: day(until) })).toEqual(
      since === null ? null : { since: day(since), isTold },
    );
  });

  it('is none where nobody asks, and where nothing is granted', () => {
    const [notes, watched] = [
      { usedAt: null, idleAt: null },
      { from: day(0), until: day(99) },
    ];
    expect(dueUnused(ALL, notes, null, watched)).toBeNull();
    expect(dueUnused(inDays({ redis: 'revoked 3' }), notes, 30, watched)).toBeNull();
  });

  it('is used by the day', () => {
    const time = millis(Date.parse('2026-11-29T23:59:59.999Z'));
    expect(new Date(dayOf(time)).toISOString()).toBe('2026-11-29T00:00:00.000Z');
    expect(dayOf(dayOf(time))).toBe(dayOf(time));
    expect([usedOn({ usedAt: time }), usedOn({ usedAt: null })]).toEqual(['2026-11-29', null]);
  });
});

describe('notices of ends', () => {
  const record = inDays({
    redis: 'granted 0 until 30',
    gdb: 'granted 0 until 30',
    rds: 'granted 0 until 25',
    vpc: 'granted 0 until 30 emergency',
    lindorm: 'granted 0',
  });

  it('are one for each end and span, with all ids, the earliest moment first', () => {
    expect(dueNotices(record, [1, 7], null, day(24.5))).toEqual([
      { end: day(25), days: 7, moment: day(18), ids: ['rds'] },
      { end: day(30), days: 7, moment: day(23), ids: ['gdb', 'redis'] },
      { end: day(25), days: 1, moment: day(24), ids: ['rds'] },
    ]);
  });

  it.each([
    [22.9, null, 0],
    [23, null, 1],
    [23, 22.9, 1],
    [23, 23, 0],
  ])('at day %d, told up to %s: %i', (now, told, count) => {
    const one = inDays({ redis: 'granted 0 until 30' });
    expect(dueNotices(one, [7], dayOrNull(told), day(now))).toHaveLength(count);
  });

  it.each([
    ['granted 23 until 30', 0],
    ['granted 22 until 30', 1],
    ['granted 25 until 30 default since 22', 1],
    ['granted 25 until 30 default since 23', 0],
    ['granted 10 until 30 said 23', 0],
    ['granted 10 until 30 said 22', 1],
  ])('are none of an end that was asked for when it was that near: %s', (text, count) => {
    expect(dueNotices(inDays({ redis: text }), [7], null, day(26))).toHaveLength(count);
  });
});

describe('the texts of grants', () => {
  it('have their end and scope, sorted; what has run out stands there until that is written down', () => {
    const record = recordOf(
      {
        redis: 'granted 10 until 60 on r-1 r-2',
        gdb: 'granted 10 read-only',
        'user:dba.one': 'granted 10 until 11',
        rds: 'revoked 10 until 11',
        lindorm: 'revoked 10',
        hologres: 'granted 5',
        account: 'granted 6',
      },
      { closedAt: timeOf(5) },
    );
    const texts = grantTexts(record);
    expect(texts).toEqual([
      'account',
      'gdb read-only',
      'redis until 1970-01-01T00:00:00.060Z on r-1 r-2',
      'user:dba.one until 1970-01-01T00:00:00.011Z',
    ]);
    expect(texts.map(isGrantText)).toEqual(texts.map(() => true));
  });

  const END = '1970-01-01T00:00:00.060Z';
  it.each([
    [`${'a'.repeat(80)}`, true],
    [`${'a'.repeat(81)}`, false],
    ['', false],
    ['Redis', false],
    [' redis', false],
    ['redis ', false],
    ['redis\n', false],
    ['x\nredis', false],
    ['redis read-only', true],
    ['redis read-only on r-1', false],
    [`redis until ${END} read-only`, true],
    [`redis read-only until ${END}`, false],
    [`redis until ${END} on r-1 r-2`, true],
    ['redis until soon', false],
    ['redis until 1970-01-01T00:00:00.060', false],
    ['redis until 1970-01-01T00:00:00x060Z', false],
    ['redis until 1970-01-01T00:00:00.06Z', false],
    ...['x970-01-01', '197-01-01', '1970-x1-01', '1970-1x-01', '1970-01-x1', '1970-01-0x'].map(
      (date) => [`redis until ${date}T00:00:00.060Z`, false] as const,
    ),
    ...['x0:00:00', '0x:00:00', '00:x0:00', '00:0x:00', '00:00:x0', '00:00:0x'].map(
      (clock) => [`redis until 1970-01-01T${clock}.060Z`, false] as const,
    ),
    ['redis until 1970-01-01T00:00:00.xxxZ', false],
    ['redis on ', false],
    ['redis on R-1', false],
    [`redis on ${'r'.repeat(200)}`, true],
    [`redis on ${'r'.repeat(201)}`, false],
  ] as const)('"%s" has the form of one: %s', (text, isOne) => {
    expect(isGrantText(text)).toBe(isOne);
  });
});
