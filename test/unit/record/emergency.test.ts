import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatEmergency, parseEmergency } from '../../../shared/record/emergency.ts';
import { formatEntry, parseEntry } from '../../../shared/record/entry.ts';
import { readRecord, recordTags } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const AT = millis(Date.UTC(2026, 10, 23, 10));
const UNTIL = millis(AT + 4 * 3_600_000);
const emergency = (reason: string) => ({ at: AT, until: UNTIL, digest: 'A'.repeat(43), reason });

/** Those fill the room of a tag, and say nothing. */
const blanks = fc
  .tuple(fc.constantFrom(' ', '\n', '\u3000'), fc.nat({ max: 250 }))
  .map(([blank, length]) => blank.repeat(length));

it('a reason of any characters fits into its tag, and is read again as far as it does', () => {
  fc.assert(
    fc.property(blanks, fc.string({ unit: 'binary', minLength: 1, maxLength: 256 }), (before, text) => {
      const reason = (before + text).slice(0, 256);
      fc.pre(/\S/.test(reason));
      const value = formatEmergency(emergency(reason));
      expect(value.length).toBeLessThanOrEqual(256);
      expect(value).not.toMatch(/[^\p{L}\p{N} ._~%:-]/u);
      const record = readRecord(new Map([['dms-break-glass', value]]), AT);
      expect(record.unreadable).toEqual([]);
      expect(recordTags(record).get('dms-break-glass')).toBe(value);
    }),
    { numRuns: 300 },
  );
  expect(parseEmergency(formatEmergency(emergency('orders are lost: 100%')))?.reason).toBe(
    'orders are lost: 100%',
  );
});

it.each([
  ['no words', ''],
  ['a time that is none', `x until ${new Date(UNTIL).toISOString()} ${'A'.repeat(43)} lost`],
  ['no digest', `${new Date(AT).toISOString()} until ${new Date(UNTIL).toISOString()} A lost`],
  ['a time from the future', formatEmergency({ ...emergency('lost'), at: UNTIL })],
])('a tag that was edited by hand is told of: %s', (_what, value) => {
  const record = readRecord(new Map([['dms-break-glass', value]]), AT);
  expect(record.emergency).toBeUndefined();
  expect(record.unreadable).toEqual(['dms-break-glass']);
});

it('an entry of an emergency is written in base 36 and says so', () => {
  const entry = { state: 'granted', at: AT, until: UNTIL, emergency: true, instances: ['r-1'] } as const;
  expect(formatEntry(entry)).toBe(`granted ${AT.toString(36)} b:${UNTIL.toString(36)} on r-1`);
  expect(parseEntry(formatEntry(entry))).toEqual(entry);
  expect(parseEntry(formatEntry({ ...entry, revokedAt: AT }))).toEqual({ ...entry, revokedAt: AT });
});
