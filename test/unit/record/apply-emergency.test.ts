import { describe, expect, it } from 'vitest';
import { applyEmergency, emergencyEnd } from '../../../shared/record/apply-emergency.ts';
import { type EndRules, NO_END_RULES as NONE } from '../../../shared/record/ends.ts';
import type { GrantId } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { RULES, recordOf, textOf, textsOf, timeOf, wordOf } from './words.ts';

const emergencyOf = (digest: string, at: number) => ({
  digest,
  reason: 'orders are lost',
  at: millis(at),
  until: millis(80),
});
const grant = (text: string, ids: readonly GrantId[] = ['redis']) => {
  const { instances, ...word } = wordOf(text);
  return {
    ...word,
    ids,
    emergency: { digest: 'd', reason: 'orders are lost' },
    ...(instances === undefined ? {} : { narrowed: new Map([['redis' as const, instances]]) }),
  };
};

describe('a grant in an emergency begins where no newer word has decided', () => {
  it.each<readonly [string, number | null, string, string]>([
    ['none', null, '20 until 80', 'granted 20 until 80 emergency'],
    ['none', 19, '20 until 80', 'granted 20 until 80 emergency'],
    ['none', 20, '20 until 80', 'superseded'],
    ['revoked 19', null, '20 until 80', 'granted 20 until 80 revoked 19 emergency'],
    ['revoked 20', null, '20 until 80', 'superseded'],
    ['revoked 15', 20, '20 until 80', 'superseded'],
    ['granted 10 until 60', null, '20 until 80', 'granted 20 until 80 emergency'],
    ['granted 10 until 60 revoked 4', null, '20 until 80', 'granted 20 until 80 revoked 4 emergency'],
    ['granted 19', null, '20 until 80', 'granted 20 until 80 emergency'],
    ['granted 20', null, '20 until 80', 'superseded'],
    ['granted 21', null, '20 until 80', 'superseded'],
    ['granted 10', 12, '20 until 80', 'granted 20 until 80 emergency'],
    ['granted 25 revoked 21', null, '20 until 80', 'superseded'],
    ['granted 10 until 60 emergency', null, '20 until 80', 'granted 20 until 80 emergency'],
    ['granted 10', null, '20 until 80 on r-1', 'granted 20 until 80 emergency on r-1'],
    ['granted 10 on r-1', null, '20 until 80', 'granted 20 until 80 emergency'],
    ['granted 10', null, '20 until 80 read-only', 'granted 20 until 80 emergency read-only'],
  ])('%s, closed %s, then %s: %#', (before, closed, word, after) => {
    const record = recordOf({ redis: before }, { closedAt: timeOf(closed) });
    const applied = applyEmergency(record, grant(word), RULES);
    if (after === 'superseded') expect(applied).toEqual({ record, superseded: ['redis'] });
    else {
      expect(textOf(applied.record.entries.get('redis'))).toBe(after);
      expect(applied.superseded).toEqual([]);
      expect(applied.record.emergency).toEqual(emergencyOf('d', 20));
    }
  });

  it('is told of what it could not have, and narrows engines alone', () => {
    const record = recordOf({ gdb: 'revoked 25' });
    const word = { ...grant('20.7 until 80', ['redis', 'gdb', 'redis', 'vpc']) };
    const applied = applyEmergency(record, { ...word, narrowed: new Map([['redis', ['r-1']]]) }, RULES);
    expect(applied.superseded).toEqual(['gdb']);
    expect(textsOf(applied.record)).toEqual([
      'gdb revoked 25',
      'redis granted 20 until 80 emergency on r-1',
      'vpc granted 20 until 80 emergency',
    ]);
    expect(applied.record.emergency).toEqual(emergencyOf('d', 20));
  });

  it.each<readonly [string, string, number | null, readonly GrantId[]]>([
    ['is granted still', 'granted 20 until 80 emergency', null, []],
    ['has run out', 'revoked 20 until 80 emergency', null, []],
    ['was granted by another word since', 'granted 20 until 80', null, ['redis']],
    ['is of another emergency', 'granted 21 until 80 emergency', null, ['redis']],
    ['was revoked', 'revoked 22', null, ['redis']],
    ['was closed', 'granted 20 until 80 emergency', 20, ['redis']],
    ['is not there', 'none', null, ['redis']],
  ])('a copy at another time changes nothing where what it granted %s', (_what, text, closed, superseded) => {
    const closedAt = timeOf(closed);
    const record = recordOf({ redis: text }, { closedAt, emergency: emergencyOf('d', 20) });
    expect(applyEmergency(record, grant('30 until 90'), RULES)).toEqual({ record, superseded });
  });

  it('another one takes the place of the last', () => {
    const record = recordOf({}, { emergency: emergencyOf('e', 10) });
    expect(applyEmergency(record, grant('20 until 80'), RULES).record.emergency).toEqual(
      emergencyOf('d', 20),
    );
  });
});

describe('the end of a grant in an emergency is as late as it may be', () => {
  it.each<readonly [string, EndRules, number]>([
    ['20 until 80', RULES, 80],
    ['20 until 521', RULES, 520],
    ['20', RULES, 520],
    ['20 never', RULES, 520],
    ['20 until 80', NONE, 80],
    ['20', NONE, 20],
  ])('%s: %#', (word, rules, until) => {
    expect(emergencyEnd(wordOf(word), rules)).toBe(until);
  });
});
