import { describe, expect, it } from 'vitest';
import { extendIds } from '../../../shared/record/apply-extend.ts';
import { type EndRules, NO_END_RULES as NONE } from '../../../shared/record/ends.ts';
import type { GrantId } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { RULES, recordOf, textOf, textsOf, timeOf } from './words.ts';

const extension = (
  at: number,
  until: number | 'never',
  ids: readonly GrantId[] | 'all',
  ends?: EndRules,
) => ({
  at: millis(at),
  until: until === 'never' ? until : millis(until),
  ids,
  ...(ends === undefined ? {} : { ends }),
});

describe('an extension gives a new end, or says why it does not', () => {
  it.each<readonly [string, number | null, number, number | 'never', EndRules, string]>([
    ['none', null, 20, 80, NONE, 'missing'],
    ['granted 10 until 60', null, 20, 80, NONE, 'granted 10 until 80 said 20 extended'],
    ['granted 10 until 60', null, 20, 'never', NONE, 'granted 10 said 20 extended'],
    ['granted 10 until 60', null, 20, 30, NONE, 'granted 10 until 30 said 20 extended'],
    ['granted 10 until 60 on r-1', null, 20, 80, NONE, 'granted 10 until 80 said 20 extended on r-1'],
    ['granted 10 until 60', 10, 20, 80, NONE, 'missing'],
    ['granted 10 until 60', 9, 20, 80, NONE, 'granted 10 until 80 said 20 extended'],
    ['revoked 10', null, 20, 80, NONE, 'missing'],
    ['granted 10 until 60 since 5 revoked 4', null, 4, 80, NONE, 'superseded'],
    ['granted 10 until 60 since 6 revoked 4', null, 5, 80, NONE, 'missing'],
    ['granted 10 until 60 since 6', null, 6, 80, NONE, 'superseded'],
    ['granted 10 until 60 since 5', 8, 8, 80, NONE, 'superseded'],
    ['granted 10 until 60 since 5', 8, 9, 80, NONE, 'superseded'],
    ['granted 10 until 60 since 5', null, 4, 80, NONE, 'missing'],
    ['granted 10 until 60 since 5', null, 5, 80, NONE, 'superseded'],
    ['granted 10 until 60', null, 9, 80, NONE, 'missing'],
    ['granted 10 until 60', null, 10, 80, NONE, 'granted 10 until 60'],
    ['granted 10 until 60', null, 10, 40, NONE, 'granted 10 until 40'],
    ['granted 10 until 60 said 20', null, 19, 80, NONE, 'superseded'],
    ['granted 10 until 60 said 20', null, 20, 80, NONE, 'granted 10 until 60 said 20 extended'],
    ['granted 10 until 60 said 20', null, 20, 40, NONE, 'granted 10 until 40 said 20 extended'],
    ['granted 10 until 60 said 20', null, 21, 80, NONE, 'granted 10 until 80 said 21 extended'],
    ['granted 10 until 60 said 20 extended', null, 20, 80, NONE, 'granted 10 until 60 said 20 extended'],
    ['granted 10 until 60', null, 59, 80, NONE, 'granted 10 until 80 said 59 extended'],
    ['granted 10 until 60', null, 60, 80, NONE, 'missing'],
    ['granted 10 until 60', null, 61, 80, NONE, 'missing'],
    ['revoked 10 until 60', null, 59, 80, NONE, 'granted 10 until 80 said 59 extended'],
    ['granted 10 until 60 emergency', null, 20, 80, NONE, 'fixed'],
    ['granted 10 until 60 emergency', null, 60, 80, NONE, 'missing'],
    ['granted 10 until 60 default', null, 20, 80, NONE, 'granted 10 until 80 said 20 extended'],
    [
      'granted 10 until 60 default since 5',
      null,
      20,
      600,
      RULES,
      'granted 10 until 505 said 20 extended since 5',
    ],
    [
      'granted 10 until 60 default since 5',
      null,
      20,
      'never',
      RULES,
      'granted 10 until 505 said 20 extended since 5',
    ],
    ['granted 10', null, 509, 600, RULES, 'granted 10 until 510 said 509 extended'],
    ['granted 10', null, 510, 600, RULES, 'over'],
    ['granted 10', null, 511, 600, RULES, 'over'],
    ['granted 10 since 5', null, 505, 600, RULES, 'over'],
    ['granted 10 since 5', null, 504, 600, RULES, 'granted 10 until 505 said 504 extended since 5'],
    [
      'granted 30 until 60 said 5 since 8 revoked 8',
      null,
      20,
      90,
      RULES,
      'granted 30 until 60 said 20 extended since 8 revoked 8',
    ],
    [
      'granted 30 until 60 said 5 since 8 revoked 8',
      null,
      20,
      40,
      RULES,
      'granted 30 until 40 said 20 extended since 8 revoked 8',
    ],
    [
      'granted 30 said 5 since 8 revoked 8',
      null,
      20,
      600,
      RULES,
      'granted 30 until 508 said 20 extended since 8 revoked 8',
    ],
    [
      'granted 30 until 600 said 5 since 8 revoked 8',
      null,
      20,
      600,
      RULES,
      'granted 30 until 508 said 20 extended since 8 revoked 8',
    ],
    [
      'granted 30 until 60 said 5 since 8 revoked 7',
      null,
      20,
      90,
      RULES,
      'granted 30 until 90 said 20 extended since 8 revoked 7',
    ],
    [
      'granted 30 until 60 said 5 since 8',
      null,
      20,
      90,
      RULES,
      'granted 30 until 90 said 20 extended since 8',
    ],
    [
      'granted 30 until 60 said 5 since 8 revoked 8',
      null,
      30,
      90,
      RULES,
      'granted 30 until 90 since 8 revoked 8',
    ],
    [
      'granted 30 until 60 said 5 since 8 revoked 8',
      null,
      31,
      90,
      RULES,
      'granted 30 until 90 said 31 extended since 8 revoked 8',
    ],
    [
      'granted 30 until 60 default since 8',
      null,
      20,
      25,
      RULES,
      'granted 30 until 60 default said 20 since 8',
    ],
    [
      'granted 30 until 60 said 10 since 8',
      null,
      20,
      25,
      RULES,
      'granted 30 until 125 default said 20 since 25',
    ],
  ])('%s, closed %s, extended at %i until %s: %#', (before, closed, at, until, rules, after) => {
    const record = recordOf({ redis: before }, { closedAt: timeOf(closed) });
    const { record: next, ids, ...refused } = extendIds(record, extension(at, until, ['redis'], rules));
    const why = Object.entries(refused).filter(([, about]) => about.length > 0);
    expect(why.length === 0 ? textOf(next.entries.get('redis')) : why.join()).toBe(
      why.length === 0 ? after : `${after},redis`,
    );
    expect(ids).toEqual(['redis']);
    if (why.length > 0) expect(next.entries).toEqual(record.entries);
  });
});

describe('an extension of several', () => {
  const all = {
    redis: 'granted 10 until 60',
    gdb: 'granted 10 until 15',
    rds: 'granted 10 since 5',
    lindorm: 'granted 10 until 60 emergency',
    hologres: 'granted 10 until 60 said 40',
  };

  it.each<readonly [string, readonly GrantId[], Partial<Record<string, readonly GrantId[]>>]>([
    ['one that has ended', ['redis', 'gdb'], { missing: ['gdb'] }],
    ['one that may have no later end', ['redis', 'rds'], { over: ['rds'] }],
    ['one of an emergency', ['redis', 'lindorm'], { fixed: ['lindorm'] }],
  ])('changes nothing where %s is among them', (_what, ids, refused) => {
    const record = recordOf(all);
    const ends: EndRules = { ...RULES, latestEnd: (at) => millis(at === 5 ? 20 : 500) };
    expect(extendIds(record, extension(20, 80, ids, ends))).toEqual({
      record,
      ids,
      missing: [],
      superseded: [],
      over: [],
      fixed: [],
      ...refused,
    });
  });

  it('leaves alone what has a later word about its end, and names each one time', () => {
    const { record, ids, superseded } = extendIds(
      recordOf(all),
      extension(20, 80, ['redis', 'hologres', 'redis']),
    );
    expect(ids).toEqual(['redis', 'hologres']);
    expect(superseded).toEqual(['hologres']);
    expect(textsOf(record)).toEqual([
      'redis granted 10 until 80 said 20 extended',
      'gdb granted 10 until 15',
      'rds granted 10 since 5',
      'lindorm granted 10 until 60 emergency',
      'hologres granted 10 until 60 said 40',
    ]);
  });

  it.each<readonly [string, Partial<Record<GrantId, string>>, number | null, readonly GrantId[]]>([
    ['what is granted and has not ended, by name', all, null, ['hologres', 'rds', 'redis']],
    ['nothing of what was closed', all, 10, []],
    ['what an emergency granted, where there is nothing else', { lindorm: all.lindorm }, null, ['lindorm']],
    [
      'what was granted when it was sent',
      { redis: 'revoked 10 until 21', gdb: 'revoked 15' },
      null,
      ['redis'],
    ],
  ])('of everything is about %s', (_what, texts, closed, ids) => {
    expect(extendIds(recordOf(texts, { closedAt: timeOf(closed) }), extension(20, 80, 'all')).ids).toEqual(
      ids,
    );
  });
});
