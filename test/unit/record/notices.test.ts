import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../shared/record/entry.ts';
import { dueNotices } from '../../../shared/record/notices.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DAY, START } from '../../kit/time.ts';

const day = (days: number) => millis(START + days * DAY);
const record = (entry: Partial<Entry>) => ({
  ...EMPTY_RECORD,
  entries: new Map([['redis' as const, { state: 'granted' as const, at: day(0), until: day(30), ...entry }]]),
});
const due = (entry: Partial<Entry>, told: number | null, asOf: number) =>
  dueNotices(record(entry), [7, 1], told === null ? null : day(told), day(asOf)).map(({ days }) => days);

describe('notices that are due', () => {
  it('are those whose moment has come, the earliest first', () => {
    expect([due({}, null, 22.9), due({}, null, 23), due({}, null, 29.5)]).toEqual([[], [7], [7, 1]]);
  });

  it('are none of what was told, of what has ended, of what was taken away, and of what does not end', () => {
    expect([due({}, 23, 25), due({}, 23, 29), due({}, null, 30)]).toEqual([[], [1], []]);
    expect(due({ state: 'revoked' }, null, 25)).toEqual([]);
    expect(due({ until: null }, null, 25)).toEqual([]);
  });

  it('are none from before the end was said, or before the grant began', () => {
    expect(due({ saidAt: day(24) }, null, 29.5)).toEqual([1]);
    expect(due({ since: day(-9), saidAt: day(-3) }, null, 23)).toEqual([7]);
    expect(due({ byDefault: true }, null, 23)).toEqual([7]);
    expect(due({ at: day(26), since: day(26), byDefault: true }, null, 29.5)).toEqual([1]);
  });
});
