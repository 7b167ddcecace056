import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngine } from '../../../shared/catalogue/catalogue.ts';
import { NO_GRANTS } from '../../../shared/catalogue/grants.ts';
import { expiredIds } from '../../../shared/record/expiry.ts';
import {
  EMPTY_RECORD,
  grantedBy,
  liveIds,
  readRecord,
  recordTags,
  tagKey,
} from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { accessRecord, anyTime, grantId } from '../arbitraries.ts';

/** After every time that is drawn. */
const LATER = millis(8.64e15);

describe('a record', () => {
  it('is read from its tags as it was written', () => {
    fc.assert(
      fc.property(accessRecord, (record) => {
        expect(readRecord(recordTags(record), LATER)).toEqual(record);
      }),
      { numRuns: 500 },
    );
  });

  it('is read the same among the tags of others', () => {
    const others = fc
      .array(fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 40 })), { maxLength: 5 })
      .map((pairs) => pairs.filter(([key]) => !key.startsWith('dms-')));
    fc.assert(
      fc.property(accessRecord, others, (record, tags) => {
        expect(readRecord(new Map([...tags, ...recordTags(record)]), LATER)).toEqual(record);
      }),
    );
  });

  it('keeps every tag within what RAM takes, at times that people live in', () => {
    fc.assert(
      fc.property(accessRecord, (record) => {
        for (const [key, value] of recordTags(record)) {
          expect(key.length).toBeLessThanOrEqual(128);
          expect(value.length).toBeLessThanOrEqual(65);
        }
      }),
    );
  });

  it('grants nothing by a value that it would not have written', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .tuple(fc.constantFrom('granted', 'revoked', 'GRANTED'), fc.string({ maxLength: 30 }))
        .map((words) => words.join(' ')),
      fc
        .tuple(accessRecord, fc.nat(60), fc.string({ minLength: 1, maxLength: 2 }))
        .map(([record, place, put]) => {
          const written = [...recordTags(record).values()][0] ?? 'granted';
          return written.slice(0, place) + put + written.slice(place);
        }),
    );
    fc.assert(
      fc.property(grantId.filter(isEngine), value, anyTime, (id, text, now) => {
        const read = readRecord(new Map([[tagKey(id), text]]), LATER);
        const written = [...recordTags(read).values()];
        if (read.unreadable.length > 0) expect(grantedBy(read, now)).toEqual(NO_GRANTS);
        else expect(written).toEqual([text]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('grants less as time passes, and nothing that has run out', () => {
    fc.assert(
      fc.property(accessRecord, anyTime, anyTime, (record, one, other) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        const before = new Set(liveIds(record, earlier));
        for (const id of liveIds(record, later)) expect(before.has(id)).toBe(true);
        for (const id of expiredIds(record, later)) expect(liveIds(record, later)).not.toContain(id);
      }),
    );
  });

  it('that is empty grants nothing at any time', () => {
    fc.assert(
      fc.property(anyTime, (now) => {
        expect(grantedBy(EMPTY_RECORD, now)).toEqual(NO_GRANTS);
      }),
    );
  });
});
