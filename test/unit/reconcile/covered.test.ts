import { describe, expect, it } from 'vitest';
import type { Unless } from '../../../shared/admission/approval.ts';
import { isCovered, notCovered } from '../../../shared/reconcile/covered.ts';
import type { Entry } from '../../../shared/record/entry.ts';
import { EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DAY, START } from '../../kit/time.ts';

const ANY: Unless = { readOnly: false, maxDays: null, engines: '*' };
const granted: Entry = { state: 'granted', at: START, until: null };
const ending = (at: number): Entry => ({ ...granted, until: millis(at) });

/** What of a grant has to be approved, and why. */
const why = (unless: Unless | null, ...entries: readonly (readonly [GrantId, Entry])[]) =>
  notCovered(unless, {
    ids: entries.map(([id]) => id),
    record: { ...EMPTY_RECORD, entries: new Map(entries) },
  });

describe('what needs no approval', () => {
  it('is nothing where the file excepts nothing', () => {
    expect(why(null, ['redis', granted])).toEqual([
      '"approval" of requesters.json excepts nothing of this account',
    ]);
    expect(isCovered(null, { ids: ['redis'], record: EMPTY_RECORD })).toBe(false);
  });

  it('is everything that can be named where all is excepted', () => {
    expect(why(ANY, ['redis', granted], ['vpc', granted], ['user:alice', granted])).toEqual([]);
    expect(
      isCovered(ANY, { ids: ['redis'], record: { ...EMPTY_RECORD, entries: new Map([['redis', granted]]) } }),
    ).toBe(true);
  });

  it('is nothing that is not named, or that a newer request has decided about', () => {
    expect(notCovered(ANY, { ids: [], record: EMPTY_RECORD })).toEqual([
      'it is about everything that is granted',
    ]);
    expect(notCovered(ANY, { ids: ['gdb'], record: EMPTY_RECORD })).toEqual([
      'gdb: a newer request has decided about it',
    ]);
  });

  it('is the engines of the list, and no connection', () => {
    const rule = { ...ANY, engines: ['redis'] } as const;
    const not = 'it is not among "unless.engines" of "approval"';
    expect(why(rule, ['redis', granted], ['gdb', granted], ['vpc', granted])).toEqual([
      `gdb: ${not}`,
      `vpc: ${not}`,
    ]);
  });

  it('is what only reads', () => {
    const not = 'it can do more than read, and "unless.readOnly" of "approval" excepts nothing else';
    expect(
      why(
        { ...ANY, readOnly: true },
        ['redis', { ...granted, instances: [] }],
        ['lindorm', { ...granted, instances: ['ld-1'] }],
        ['gdb', granted],
        ['vpc', { ...granted, instances: [] }],
      ),
    ).toEqual([`lindorm: ${not}`, `gdb: ${not}`, `vpc: ${not}`]);
  });

  it('is what lasts no longer than so many days from the first grant on', () => {
    const not = 'it lasts longer than the 7 days of "unless.maxDays" of "approval"';
    const rule = { ...ANY, maxDays: 7 };
    // The midnight after seven full days.
    const latest = Date.parse('2026-12-01T00:00:00.000Z');
    expect(why(rule, ['redis', ending(latest)])).toEqual([]);
    expect(why(rule, ['redis', ending(latest + 1)])).toEqual([`redis: ${not}`]);
    expect(why(rule, ['redis', granted])).toEqual([`redis: ${not}`]);
    const since = millis(START - DAY);
    expect(why(rule, ['redis', { ...ending(latest), since }])).toEqual([`redis: ${not}`]);
  });
});
