import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { RULES, recordOf, textsOf, timeOf } from './words.ts';

const NOTHING = { ids: [], superseded: [], missing: [], over: [], fixed: [] };
const applied = (record: AccessRecord, change: Change) => {
  const { record: next, ...told } = applyChange(record, change);
  return { texts: textsOf(next), closed: next.closedAt, ...told };
};
const grant = (
  at: number,
  ids: readonly GrantId[],
  rest: Partial<Extract<Change, { action: 'grant' }>> = {},
) => ({ action: 'grant', ids, at: millis(at), until: null, ...rest }) as const;
const revoke = (at: number, ids: readonly GrantId[] | 'all', ends = RULES) =>
  ({ action: 'revoke', ids, at: millis(at), ends }) as const;

describe('a grant', () => {
  it('narrows engines alone, has the whole millisecond of its time, and names each id one time', () => {
    const narrowed = new Map([['redis', ['r-1']]] as const);
    const change = grant(20.9, ['redis', 'vpc', 'gdb', 'redis'], { narrowed, ends: RULES });
    expect(applied(EMPTY_RECORD, change)).toEqual({
      texts: [
        'redis granted 20 until 120 default on r-1',
        'vpc granted 20 until 120 default',
        'gdb granted 20 until 120 default',
      ],
      closed: null,
      ...NOTHING,
      ids: ['redis', 'vpc', 'gdb'],
    });
  });

  it('has no end where no rules are given', () => {
    expect(applied(EMPTY_RECORD, grant(20, ['redis'])).texts).toEqual(['redis granted 20 default']);
  });

  it.each([
    ['changes nothing', undefined, 'redis granted 10 until 60'],
    ['leaves its time where ends have rules', RULES, 'redis granted 10 until 60 since 9'],
  ])('that comes too late and asks for another end %s', (_what, ends, text) => {
    const change = grant(9, ['redis'], { until: millis(70), ...(ends === undefined ? {} : { ends }) });
    expect(applied(recordOf({ redis: 'granted 10 until 60' }), change)).toEqual({
      texts: [text],
      closed: null,
      ...NOTHING,
      ids: ['redis'],
      superseded: ['redis'],
    });
  });

  it('that asks for nothing else counts, and leaves its time', () => {
    expect(applied(recordOf({ redis: 'granted 10 until 60' }), grant(9, ['redis']))).toMatchObject({
      texts: ['redis granted 10 until 60 since 9'],
      superseded: [],
    });
  });

  it('in an emergency is one, to the end that its rules have', () => {
    const emergency = { digest: 'd', reason: 'orders are lost' };
    const record = recordOf({ gdb: 'revoked 30' });
    const change = grant(20.9, ['redis', 'gdb', 'redis'], { emergency, ends: RULES });
    expect(applied(record, change)).toEqual({
      texts: ['gdb revoked 30', 'redis granted 20 until 520 emergency'],
      closed: null,
      ...NOTHING,
      ids: ['redis', 'gdb'],
      superseded: ['gdb'],
    });
    expect(applyChange(record, change).record.emergency).toEqual({ ...emergency, at: 20, until: 520 });
    expect(applied(EMPTY_RECORD, grant(20, ['redis'], { emergency })).texts).toEqual([
      'redis granted 20 until 20 emergency',
    ]);
  });
});

describe('a revoke', () => {
  it('takes away what is older, and names each id one time', () => {
    const record = recordOf({ redis: 'granted 10', gdb: 'granted 10', rds: 'granted 25 default since 15' });
    expect(applied(record, revoke(20.9, ['redis', 'rds', 'redis']))).toEqual({
      texts: ['redis revoked 20', 'gdb granted 10', 'rds granted 25 until 120 default since 20 revoked 20'],
      closed: null,
      ...NOTHING,
      ids: ['redis', 'rds'],
      superseded: ['rds'],
    });
  });

  it('that comes too late leaves its time only where ends have rules', () => {
    const record = recordOf({ redis: 'granted 10' });
    expect(applied(record, { action: 'revoke', ids: ['redis'], at: millis(9) })).toMatchObject({
      texts: ['redis granted 10'],
      superseded: ['redis'],
    });
    expect(applied(record, revoke(9, ['redis']))).toMatchObject({
      texts: ['redis granted 10 revoked 9'],
      superseded: ['redis'],
    });
  });

  it('of what a close took away writes nothing down', () => {
    expect(applied(recordOf({}, { closedAt: timeOf(10) }), revoke(10, ['redis']))).toEqual({
      texts: [],
      closed: 10,
      ...NOTHING,
      ids: ['redis'],
    });
  });
});

describe('a close', () => {
  const record = recordOf({
    redis: 'granted 10 until 60',
    gdb: 'granted 30 default since 10',
    rds: 'revoked 30 until 40',
    lindorm: 'revoked 30',
  });

  it('leaves what is newer, without what was said before it', () => {
    expect(applied(record, revoke(20.9, 'all'))).toEqual({
      texts: [
        'redis granted 10 until 60',
        'gdb granted 30 until 120 default since 20 revoked 20',
        'rds revoked 30 until 40',
        'lindorm revoked 30',
      ],
      closed: 20,
      ...NOTHING,
      superseded: ['gdb'],
    });
  });

  it('gives no end where there are no rules', () => {
    expect(applied(record, { action: 'revoke', ids: 'all', at: millis(20) }).texts).toContain(
      'gdb granted 30 default since 20 revoked 20',
    );
  });

  it.each([
    [10, 20],
    [20, 20],
    [25, 25],
  ])('of %i on a role that was closed at 20 is one of %i', (at, closed) => {
    expect(applied({ ...record, closedAt: millis(20) }, revoke(at, 'all')).closed).toBe(closed);
  });
});

describe('what time does', () => {
  const record = recordOf({
    redis: 'granted 10 until 60',
    gdb: 'granted 10 until 20 default',
    rds: 'granted 10',
    lindorm: 'revoked 10',
  });

  it('is written down where an end has come', () => {
    expect(applied(record, { action: 'expire', now: millis(20) })).toEqual({
      texts: [
        'redis granted 10 until 60',
        'gdb revoked 10 until 20 default',
        'rds granted 10',
        'lindorm revoked 10',
      ],
      closed: null,
      ...NOTHING,
    });
  });

  it('ends what nobody has confirmed, and leaves its own end to what has run out', () => {
    const ids: readonly GrantId[] = ['redis', 'gdb', 'lindorm'];
    expect(applied(record, { action: 'lapse', ids, now: millis(30.5) })).toEqual({
      texts: [
        'redis revoked 10 until 30 said 30',
        'gdb revoked 10 until 20 default',
        'rds granted 10',
        'lindorm revoked 10',
      ],
      closed: null,
      ...NOTHING,
    });
  });
});

describe('an extension', () => {
  it('has the whole millisecond of its time, and tells what it could not do', () => {
    const record = recordOf({ redis: 'granted 10 until 60' });
    const change = {
      action: 'extend',
      ids: ['redis'],
      at: millis(20.9),
      until: millis(80),
      ends: RULES,
    } as const;
    expect(applied(record, change)).toEqual({
      texts: ['redis granted 10 until 80 said 20 extended'],
      closed: null,
      ...NOTHING,
      ids: ['redis'],
    });
    expect(applied(record, { ...change, ids: ['gdb', 'redis'] })).toEqual({
      texts: ['redis granted 10 until 60'],
      closed: null,
      ...NOTHING,
      ids: ['gdb', 'redis'],
      missing: ['gdb'],
    });
  });
});
