import { describe, expect, it } from 'vitest';
import type { Trusted } from '../../../shared/catalogue/trust.ts';
import { isRemovable } from '../../../shared/record/closed-role-deletion.ts';
import { type AccessRecord, EMPTY_RECORD } from '../../../shared/record/record.ts';
import { isSound, isTooLate } from '../../../shared/record/retention.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

const NOW = millis(Date.parse('2026-11-23T10:00:00Z'));
const ago = (ms: number) => millis(NOW - ms);
const closed = (ms: number): AccessRecord => ({ ...EMPTY_RECORD, closedAt: ago(ms) });
const ended = (at: number, until: number | null): AccessRecord => ({
  ...EMPTY_RECORD,
  entries: new Map([['redis', { state: 'revoked', at: ago(at), until: until === null ? null : ago(until) }]]),
});
const LONG_AGO = 9 * DAY;
const emergency = { at: ago(7 * DAY), until: ago(7 * DAY - HOUR), digest: 'd', reason: 'down' };

describe('a closed role', () => {
  it.each([
    ['closed for more than a day', closed(DAY + 1), true],
    ['closed for a day', closed(DAY), false],
    ['whose last revoke is more than a day old', ended(DAY + 1, null), true],
    ['whose last revoke is a day old', ended(DAY, null), false],
    ['whose last grant ended more than a day ago', ended(LONG_AGO, DAY + 1), true],
    ['whose last grant ended a day ago', ended(LONG_AGO, DAY), false],
    ['without a record', EMPTY_RECORD, false],
    ['with an emergency that nobody has confirmed', { ...closed(LONG_AGO), emergency }, false],
    [
      'with one that was confirmed before it',
      { ...closed(LONG_AGO), emergency, confirmedAt: ago(8 * DAY) },
      false,
    ],
    [
      'with one that was confirmed since',
      { ...closed(LONG_AGO), emergency, confirmedAt: ago(6 * DAY) },
      true,
    ],
    ['with a tag that cannot be read', { ...closed(LONG_AGO), unreadable: ['dms-engine-gdb'] }, false],
  ])('%s: deleted %#', (_what, record, isDue) => {
    expect(isRemovable(record, 'nobody', ago(LONG_AGO), NOW)).toBe(isDue);
  });

  it('that was made less than a day ago stays, whatever its tags say', () => {
    expect(isRemovable(closed(LONG_AGO), 'nobody', ago(DAY), NOW)).toBe(false);
    expect(isRemovable(closed(LONG_AGO), 'nobody', ago(DAY + 1), NOW)).toBe(true);
  });

  it.each<Trusted>(['dms', 'account'])('that trusts %j is none', (trusted) => {
    expect(isRemovable(closed(LONG_AGO), trusted, ago(LONG_AGO), NOW)).toBe(false);
  });
});

describe('a record', () => {
  it.each([
    ['of a close', closed(1), true],
    ['of a grant that has ended', ended(2, 1), true],
    ['without any word', EMPTY_RECORD, false],
    ['with a tag that cannot be read', { ...closed(1), unreadable: ['dms-closed'] }, false],
  ])('%s: can be acted on %#', (_what, record, sound) => {
    expect(isSound(record)).toBe(sound);
  });
});

it.each([
  [DAY - 10 * MINUTE, false],
  [DAY - 10 * MINUTE + 1, true],
])('a grant that comes %i ms after it was sent comes too late: %s', (age, isLate) => {
  expect(isTooLate(ago(age), NOW)).toBe(isLate);
});
