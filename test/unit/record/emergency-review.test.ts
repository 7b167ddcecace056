import { describe, expect, it } from 'vitest';
import {
  dueEmergency,
  emergencyToTell,
  formatEmergency,
  isConfirmed,
  laterEmergency,
  parseEmergency,
  reportOf,
  toldOfEmergency,
  unconfirmedEmergency,
  withEmergencyTold,
} from '../../../shared/record/emergency.ts';
import { NO_NOTES } from '../../../shared/record/notes.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { timeOf } from './words.ts';

const DIGEST = 'A'.repeat(43);
const emergency = { at: millis(10), until: millis(60), digest: DIGEST, reason: 'orders are lost' };
const HEAD = `1970-01-01T00:00:00.010Z until 1970-01-01T00:00:00.060Z ${DIGEST} `;

describe('the review of an emergency', () => {
  it.each([
    [null, false],
    [9, false],
    [10, false],
    [11, true],
  ])('confirmed at %s: %s', (at, confirmed) => {
    expect(isConfirmed(emergency, timeOf(at))).toBe(confirmed);
    expect(unconfirmedEmergency({ emergency }, { reviewedAt: timeOf(at) })).toBe(
      confirmed ? null : emergency,
    );
    expect(reportOf({ emergency, confirmedAt: timeOf(at) })).toEqual({
      breakGlass: {
        reason: 'orders are lost',
        since: '1970-01-01T00:00:00.010Z',
        until: '1970-01-01T00:00:00.060Z',
        confirmed,
      },
    });
  });

  it('is none where there was no emergency', () => {
    expect(reportOf({})).toEqual({});
    expect(unconfirmedEmergency({}, NO_NOTES)).toBeNull();
    expect([dueEmergency({}, NO_NOTES, millis(99)), emergencyToTell({}, NO_NOTES, millis(99))]).toEqual([
      null,
      null,
    ]);
  });

  it('shows one that nobody has confirmed as such', () => {
    expect(reportOf({ emergency }).breakGlass?.confirmed).toBe(false);
  });

  it.each([
    [59, null, false],
    [60, null, true],
    [60, 10, true],
    [60, 11, false],
  ])('at %i, confirmed at %s, is due: %s', (now, reviewed, isDue) => {
    const found = dueEmergency({ emergency }, { reviewedAt: timeOf(reviewed) }, millis(now));
    expect(found).toBe(isDue ? emergency : null);
  });

  it.each([
    [59, null, false],
    [60, null, true],
    [99, 59, true],
    [99, 60, false],
    [99, 61, false],
  ])('at %i, told at %s, is to be told of: %s', (now, told, isToTell) => {
    const notes = told === null ? NO_NOTES : withEmergencyTold(NO_NOTES, millis(told));
    expect(toldOfEmergency(notes.further)).toBe(told);
    expect(emergencyToTell({ emergency }, notes, millis(now))).toBe(isToTell ? emergency : null);
  });

  it('is noted as told beside all other words', () => {
    const further = new Map([
      ['ask', 'x'],
      ['glass', 'a'],
    ]);
    expect(withEmergencyTold({ ...NO_NOTES, further, reference: 'OPS-1' }, millis(40))).toEqual({
      ...NO_NOTES,
      further: new Map([
        ['ask', 'x'],
        ['glass', '14'],
      ]),
      reference: 'OPS-1',
    });
  });
});

describe('of two emergencies', () => {
  const other = { ...emergency, at: millis(11) };
  it.each([
    ['the later', emergency, other, other],
    ['the later, whichever is first', other, emergency, other],
    ['the only one', undefined, emergency, emergency],
    ['the only one, first', emergency, undefined, emergency],
    ['none', undefined, undefined, undefined],
  ])('%s counts', (_what, a, b, later) => {
    expect(laterEmergency(a, b)).toBe(later);
  });

  it('of one time the first counts', () => {
    const copy = { ...emergency };
    expect(laterEmergency(emergency, copy)).toBe(emergency);
  });
});

describe('the tag of an emergency', () => {
  it('has its times, its digest and its reason', () => {
    expect(formatEmergency(emergency)).toBe(`${HEAD}orders are lost`);
    expect(parseEmergency(`${HEAD}orders are lost`)).toEqual(emergency);
  });

  it('leaves out blanks before the reason, and cuts it to the room of a tag', () => {
    const value = formatEmergency({ ...emergency, reason: `  ${'x'.repeat(256)}` });
    expect(value).toBe(`${HEAD}${'x'.repeat(256 - HEAD.length)}`);
  });

  it('has a reason of any characters, and gives it back', () => {
    const reason = 'Notfall: 订单/100% verloren';
    expect(formatEmergency({ ...emergency, reason })).toBe(`${HEAD}Notfall%3A 订单%2F100%25 verloren`);
    expect(parseEmergency(formatEmergency({ ...emergency, reason }))?.reason).toBe(reason);
  });

  it.each([
    '',
    'x',
    HEAD.trim(),
    HEAD,
    `${HEAD} lost`,
    `x${HEAD}lost`,
    `${HEAD}lost `,
    `${HEAD}lost: all`,
    `soon until 1970-01-01T00:00:00.060Z ${DIGEST} lost`,
    `1970-01-01T00:00:00.010Z until soon ${DIGEST} lost`,
    `1970-01-01T00:00:00.010Z till 1970-01-01T00:00:00.060Z ${DIGEST} lost`,
    `1970-01-01T00:00:00.010Z until 1970-01-01T00:00:00.060Z ${DIGEST}A lost`,
    `1970-01-01T00:00:00.010Z until 1970-01-01T00:00:00.060Z - lost`,
    `${HEAD}${'x'.repeat(257 - HEAD.length)}`,
  ])('that we would not write is not read: "%s"', (value) => {
    expect(parseEmergency(value)).toBeNull();
  });
});
