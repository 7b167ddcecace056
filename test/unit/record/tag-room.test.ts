import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  recordTags,
  tagKey,
  userId,
} from '../../../shared/record/record.ts';
import { fitTags, hasRoomFor } from '../../../shared/record/tag-budget.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DAY } from '../../kit/time.ts';
import { recordOf, textsOf } from './words.ts';

const OURS = ['managed-by', 'dms-handshake'] as const;
const others = (count: number) =>
  Array.from({ length: count }, (_, n): [string, string] => [`other-${n}`, 'x']);
const users = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [userId(`u-${n}`), text]));
const tagsOf = (record: AccessRecord, foreign: number, ...more: readonly string[]) =>
  new Map([OURS, ...recordTags(record), ...others(foreign), ...more.map((key) => [key, 'x'] as const)]);
const grant = (at: number, ...ids: readonly GrantId[]): Change => ({
  action: 'grant',
  ids,
  at: millis(at),
  until: null,
});
const revoke = (at: number, ids: readonly GrantId[] | 'all'): Change => ({
  action: 'revoke',
  ids,
  at: millis(at),
});
/** The change, fitted into the tags of a role that has the record before it: texts, and what goes for it. */
function fitted(before: AccessRecord, change: Change, present: ReadonlyMap<string, string>, now = 100) {
  const answer = fitTags(applyChange(before, change).record, before, present, change, millis(now));
  if ('needed' in answer) return answer;
  return { texts: textsOf(answer.record), closed: answer.record.closedAt, freed: answer.freed };
}

describe('the room of a grant', () => {
  it.each<readonly [number, readonly string[], number | null]>([
    [14, [], 16],
    [15, [], null],
    [14, ['dms-closed'], 17],
    [15, ['dms-closed'], null],
    [14, ['dms-closed', 'dms-verdict', 'dms-notes', 'dms-break-glass'], 20],
    [15, ['dms-closed', 'dms-verdict', 'dms-notes', 'dms-break-glass'], null],
  ])('beside %i tags of others and %j takes none of what is kept free', (foreign, kept, size) => {
    const present = tagsOf(EMPTY_RECORD, foreign, ...kept);
    expect(fitted(EMPTY_RECORD, grant(10, 'redis'), present)).toEqual(
      size === null
        ? { needed: present.size + 1, limit: 16 + kept.length }
        : { texts: ['redis granted 10 default'], closed: null, freed: [] },
    );
  });

  it('counts the tag of an emergency that it brings as kept free', () => {
    const emergency = { digest: 'A'.repeat(43), reason: 'orders are lost' };
    const change = { ...grant(10, 'redis'), emergency } as Change;
    const fits = (foreign: number) => 'texts' in fitted(EMPTY_RECORD, change, tagsOf(EMPTY_RECORD, foreign));
    expect([fits(14), fits(15)]).toEqual([true, false]);
  });

  it('is all of it where it brings no tag of its own', () => {
    const before = recordOf({ redis: 'granted 5 until 60' });
    expect(fitted(before, grant(10, 'redis'), tagsOf(before, 18))).toMatchObject({ freed: [] });
    expect(fitted(before, grant(10, 'redis', 'gdb'), tagsOf(before, 18))).toEqual({ needed: 21, limit: 16 });
  });

  it.each([
    ['one fits', 13, [], 'texts'],
    ['one is too many', 14, [], 'needed'],
    ['one that was taken away is none', 13, ['revoked 5'], 'texts'],
  ])('of users who are trusted by name: %s', (_what, count, more, answer) => {
    const before = recordOf({
      ...users(count, 'granted 5'),
      ...Object.fromEntries(more.map((text, n) => [userId(`gone-${n}`), text])),
    });
    // However much room there is on the role.
    expect(answer in fitted(before, grant(10, userId('new')), tagsOf(before, 0))).toBe(true);
  });

  it.each<readonly [string, string, number, boolean]>([
    ['a revoke of a day ago', 'revoked 10', 10 + DAY, false],
    ['a revoke of more than a day ago', 'revoked 10', 11 + DAY, true],
    ['an end of a day ago', 'revoked 5 until 10', 10 + DAY, false],
    ['an end of more than a day ago', 'revoked 5 until 10', 11 + DAY, true],
    ['a word of a day ago about a revoke', 'revoked 5 said 10', 10 + DAY, false],
    ['a word of more than a day ago about a revoke', 'revoked 5 said 10', 11 + DAY, true],
    [
      'a revoke with an end that somebody gave it later',
      'revoked 5 until 90 said 10 revoked 5',
      11 + DAY,
      true,
    ],
    ['a grant that has run out and is not written down', 'granted 5 until 10', 11 + DAY, false],
    ['a grant', 'granted 5', 11 + DAY, false],
  ])('is made by %s: %#', (_what, text, now, isFreed) => {
    const before = recordOf({ gdb: text });
    const present = tagsOf(before, 14);
    expect(fitted(before, grant(20, 'redis'), present, now)).toEqual(
      isFreed
        ? { texts: ['redis granted 20 default'], closed: null, freed: ['dms-engine-gdb'] }
        : { needed: 17, limit: 16 },
    );
  });

  it('is not taken from a record where there is enough, and names no tag that is not there', () => {
    const before = recordOf({ gdb: 'revoked 1' });
    const [now, change] = [9 * DAY, grant(9 * DAY, 'redis')];
    expect(fitted(before, change, tagsOf(before, 13), now)).toMatchObject({ freed: [] });
    // The tag of the other has gone already.
    const both = recordOf({ gdb: 'revoked 1', rds: 'revoked 1' });
    const present = tagsOf(recordOf({ gdb: 'revoked 1' }), 14);
    expect(fitted(both, change, present, now)).toMatchObject({ freed: ['dms-engine-gdb'] });
  });

  it('tells how many tags it would need, without those that have ended', () => {
    const before = recordOf({ gdb: 'revoked 1' });
    expect(fitted(before, grant(9 * DAY, 'redis'), tagsOf(before, 16), 9 * DAY)).toEqual({
      needed: 18,
      limit: 16,
    });
  });
});

describe('a record that would be read otherwise than it is written', () => {
  const spoilt = recordOf({ rds: 'granted 10 on r-1' });
  const fits = (change: Change) => fitTags(spoilt, EMPTY_RECORD, new Map(), change, millis(10));

  it.each<readonly [string, Change]>([
    ['a grant', grant(10, 'rds')],
    ['an extension', { action: 'extend', ids: 'all', at: millis(10), until: 'never' }],
  ])('ends %s with a fault of ours', (_what, change) => {
    expect(() => fits(change)).toThrow(
      expect.objectContaining({
        code: 'internal',
        message: 'the record of this grant could not be read again as it would be written',
      }),
    );
  });

  it.each<readonly [string, Change]>([
    ['a revoke', revoke(10, ['rds'])],
    ['a close', revoke(10, 'all')],
    ['the end of one', { action: 'expire', now: millis(10) }],
    ['a lapse', { action: 'lapse', ids: ['rds'], now: millis(10) }],
  ])('does not keep %s away', (_what, change) => {
    expect(fits(change)).toEqual({ record: spoilt, freed: [] });
  });

  it('is not one whose stamps are ahead of the clock', () => {
    expect(fitted(EMPTY_RECORD, grant(9 * DAY, 'redis'), new Map(), 0)).toMatchObject({ freed: [] });
  });
});

describe('a revoke of some', () => {
  it.each([
    [13, ['redis revoked 20', 'gdb revoked 20']],
    [14, ['redis revoked 20']],
    [18, ['redis revoked 20']],
  ])('writes what has no entry only where a grant would have room: beside %i tags', (foreign, texts) => {
    const before = recordOf({ redis: 'granted 10' });
    expect(fitted(before, revoke(20, ['redis', 'gdb']), tagsOf(before, foreign))).toEqual({
      texts,
      closed: null,
      freed: [],
    });
  });

  it('keeps what the record before did not have and the role has', () => {
    const before = recordOf({ redis: 'granted 10' });
    const present = tagsOf(before, 18);
    const wide = new Map([...present, ['dms-engine-gdb', 'soon']]);
    expect(fitted(before, revoke(20, ['redis', 'gdb', 'rds']), wide)).toMatchObject({
      texts: ['redis revoked 20', 'gdb revoked 20'],
    });
  });

  it('makes room of what was revoked long ago', () => {
    const before = recordOf({ redis: 'granted 10', rds: 'revoked 1' });
    expect(fitted(before, revoke(9 * DAY, ['redis', 'gdb']), tagsOf(before, 13), 9 * DAY)).toEqual({
      texts: [`redis revoked ${9 * DAY}`, `gdb revoked ${9 * DAY}`],
      closed: null,
      freed: ['dms-engine-rds'],
    });
  });

  it('of more users than may be trusted is no question of how many there are', () => {
    const before = recordOf(users(16, 'granted 5'));
    expect(fitted(before, revoke(20, [userId('u-0')]), tagsOf(before, 3))).toMatchObject({ freed: [] });
  });
});

describe('a close of a full role', () => {
  const keys = (...ids: readonly GrantId[]) => ids.map(tagKey);

  it('is written with its tag where there is room for it', () => {
    const before = recordOf({ redis: 'granted 10' });
    expect(fitted(before, revoke(20, 'all'), tagsOf(before, 17))).toEqual({
      texts: ['redis granted 10'],
      closed: 20,
      freed: [],
    });
  });

  it.each([
    ['what was revoked long ago', { redis: 'granted 10', gdb: 'revoked 1' }, 16],
    ['more users than may be trusted', { ...users(16, 'granted 10'), [userId('old')]: 'revoked 1' }, 1],
  ])('frees nothing where there is room beside %s', (_what, texts, foreign) => {
    const before = recordOf(texts);
    expect(fitted(before, revoke(9 * DAY, 'all'), tagsOf(before, foreign), 9 * DAY)).toEqual({
      texts: textsOf(before),
      closed: 9 * DAY,
      freed: [],
    });
  });

  it('is first written into the entries that it takes away, and those that cannot be read', () => {
    const before = {
      ...recordOf({ redis: 'granted 10', gdb: 'granted 30', vpc: 'granted 20' }),
      unreadable: ['dms-engine-rds', 'dms-closed'],
    };
    const present = tagsOf(before, 15, 'dms-engine-rds');
    expect(present.size).toBe(20);
    expect(fitted(before, revoke(20, 'all'), present)).toEqual({
      texts: ['redis revoked 20', 'gdb granted 30', 'vpc revoked 20', 'rds revoked 20'],
      closed: null,
      freed: [],
    });
  });

  it('then has its tag in the place of the oldest entry that says no more than it', () => {
    const before = recordOf({
      gdb: 'revoked 20',
      redis: 'revoked 15',
      rds: 'granted 30',
      lindorm: 'revoked 40',
    });
    expect(fitted(before, revoke(20, 'all'), tagsOf(before, 15))).toEqual({
      texts: ['gdb revoked 20', 'rds granted 30', 'lindorm revoked 40'],
      closed: 20,
      freed: keys('redis'),
    });
  });

  it('frees none whose tag does not say so yet', () => {
    const before = recordOf({ redis: 'revoked 15' });
    const present = new Map([...tagsOf(before, 18), ['dms-engine-redis', 'granted soon']]);
    expect(fitted(before, revoke(20, 'all'), present)).toEqual({
      texts: ['redis revoked 20'],
      closed: null,
      freed: [],
    });
  });

  it('takes none away of what was granted later', () => {
    const before = recordOf({ redis: 'granted 30', gdb: 'revoked 25' });
    expect(fitted(before, revoke(20, 'all'), tagsOf(before, 17))).toMatchObject({ closed: null, freed: [] });
  });

  it('makes room of what was revoked long ago, and of one more only where that is not enough', () => {
    const before = recordOf({ redis: 'revoked 15', gdb: 'revoked 1' });
    const change = revoke(9 * DAY, 'all');
    expect(fitted(before, change, tagsOf(before, 17), 11 + DAY)).toEqual({
      texts: ['redis revoked 15'],
      closed: 9 * DAY,
      freed: keys('gdb'),
    });
    expect(fitted(before, change, tagsOf(before, 18), 11 + DAY)).toEqual({
      texts: [],
      closed: 9 * DAY,
      freed: keys('gdb', 'redis'),
    });
  });

  it.each<readonly [number, readonly string[], number | null]>([
    [16, ['gdb granted 10', 'rds revoked 40'], 20],
    [17, ['gdb revoked 20', 'rds revoked 40'], null],
  ])('beside %i others does not bring back an entry that went to make room', (foreign, texts, closed) => {
    // This instance remembers entries that the role does not show.
    const before = recordOf({ redis: 'revoked 20', gdb: 'granted 10', rds: 'revoked 40' });
    const present = tagsOf(recordOf({ gdb: 'granted 10' }), foreign);
    expect(fitted(before, revoke(20, 'all'), present)).toEqual({ texts, closed, freed: [] });
  });
});

describe('what gives nothing new', () => {
  it.each<readonly [string, Change]>([
    ['an extension', { action: 'extend', ids: ['redis'], at: millis(20), until: 'never' }],
    ['an extension of everything', { action: 'extend', ids: 'all', at: millis(20), until: 'never' }],
    ['a lapse', { action: 'lapse', ids: [], now: millis(20) }],
    ['the end of something', { action: 'expire', now: millis(20) }],
  ])('%s has all the room that there is, and frees nothing', (_what, change) => {
    // The role does not show one of them yet.
    const before = recordOf({ redis: 'granted 10 until 60', gdb: 'revoked 1' });
    const present = tagsOf(recordOf({ redis: 'granted 10 until 60' }), 17);
    expect(fitted(before, change, present, 9 * DAY)).toMatchObject({
      texts: [expect.stringMatching(/^redis /), 'gdb revoked 1'],
      freed: [],
    });
  });
});

describe('room for a tag beside a record', () => {
  it.each([
    [18, ['a'], 'b', false],
    [17, ['a'], 'b', true],
    [18, ['a'], 'a', true],
    [18, [], 'other-0', true],
    [19, [], 'b', false],
  ])('%i tags of others, %j and "%s": %s', (foreign, record, key, hasRoom) => {
    expect(hasRoomFor(key, new Map(others(foreign)), record)).toBe(hasRoom);
    expect(hasRoomFor(key, new Map([OURS, ...others(foreign)]), record)).toBe(hasRoom);
  });
});
