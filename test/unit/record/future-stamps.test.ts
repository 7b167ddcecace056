import { describe, expect, it } from 'vitest';
import { grantedBy, readRecord } from '../../../shared/record/record.ts';
import { isTooLate } from '../../../shared/record/retention.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { at, DAY, MINUTE } from '../../kit/time.ts';

const NOW = at(0);
const iso = (ms: number) => new Date(NOW + ms).toISOString();

describe('a stamp from the future', () => {
  it.each([
    ['dms-engine-redis', `granted ${iso(6 * MINUTE)}`],
    ['dms-engine-redis', `revoked ${iso(DAY)}`],
    ['dms-closed', iso(6 * MINUTE)],
  ])('in %s is unreadable, and grants and takes nothing', (key, value) => {
    const record = readRecord(new Map([[key, value]]), NOW);
    expect(record.unreadable).toEqual([key]);
    expect([record.entries.size, record.closedAt]).toEqual([0, null]);
  });

  it('is none where only clocks differ', () => {
    const record = readRecord(new Map([['dms-engine-redis', `granted ${iso(5 * MINUTE)}`]]), NOW);
    expect([record.unreadable, grantedBy(record, NOW).engines]).toEqual([[], ['redis']]);
  });

  it('may be the end of a grant, of course', () => {
    const value = `granted ${iso(-MINUTE)} until ${iso(30 * DAY)}`;
    expect(readRecord(new Map([['dms-engine-redis', value]]), NOW).unreadable).toEqual([]);
  });
});

it.each([
  [0, false],
  [DAY - 11 * MINUTE, false],
  [DAY - 9 * MINUTE, true],
  [28 * 60 * MINUTE, true],
])('a grant that arrives %i ms after it was sent is too late: %s', (age, late) => {
  expect(isTooLate(NOW, millis(NOW + age))).toBe(late);
});
