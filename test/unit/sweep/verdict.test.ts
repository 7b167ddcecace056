import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { mayRepair } from '../../../shared/sweep/repair-limit.ts';
import { isSampled, needsFullLook, ROUND } from '../../../shared/sweep/sample.ts';
import { formatNames, readNames } from '../../../shared/sweep/told-names.ts';
import {
  formatVerdict,
  readVerdict,
  sameUnchecked,
  sameVerdict,
  type Unchecked,
  VERDICT_TAG,
  verdictOf,
  withUnchecked,
} from '../../../shared/verification/verdict.ts';

const AT = millis(Date.parse('2026-11-23T10:00:00.000Z'));
const HOUR = 3_600_000;
const failing = (...ids: string[]): Check[] =>
  ids.map((id) => ({ id, status: 'fail', detail: 'why', fix: 'how' }));
const other = (id: string, status: 'pass' | 'skip'): Check => ({ id, status, detail: '', fix: null });
const tagged = (value: string) => new Map([[VERDICT_TAG, value]]);

describe('a verdict', () => {
  it('is that of the checks that failed; one that was skipped is no failure and no pass', () => {
    expect(verdictOf([other('a', 'pass'), other('b', 'skip')], AT)).toEqual({
      status: 'verified',
      at: AT,
      checks: [],
    });
    expect(verdictOf([...failing('z', 'a'), other('b', 'skip')], AT)).toMatchObject({
      status: 'failed',
      checks: ['a', 'z'],
    });
  });

  it('comes back out of its tag as it went in', () => {
    const all = verdictOf(failing('trust-dms', 'policies-attached'), AT);
    expect(formatVerdict(all)).toBe('failed 2026-11-23T10:00:00.000Z policies-attached trust-dms');
    expect(readVerdict(tagged(formatVerdict(all)))).toEqual(all);
  });

  it('keeps what could not be checked, told and not told yet', () => {
    const unchecked = { told: ['engine:gdb'], since: AT, fresh: ['assume-role', 'engine:redis'] };
    for (const one of [unchecked, { ...unchecked, told: [] }, { ...unchecked, since: null, fresh: [] }]) {
      const verdict = { ...verdictOf([], AT), unchecked: one };
      expect(readVerdict(tagged(formatVerdict(verdict)))).toEqual(verdict);
    }
    expect(formatVerdict({ ...verdictOf([], AT), unchecked })).toBe(
      'verified 2026-11-23T10:00:00.000Z unchecked gdb since 2026-11-23T10:00:00.000Z assume-role redis',
    );
  });

  it('may be as long as a tag, and not longer', () => {
    const told = (length: number) => ({ told: [`engine:${'x'.repeat(length)}`], since: null, fresh: [] });
    const room = 256 - 'verified 2026-11-23T10:00:00.000Z unchecked '.length;
    const of = (length: number) => formatVerdict({ ...verdictOf([], AT), unchecked: told(length) });
    expect([of(room).length, of(room + 1)]).toEqual([256, 'verified 2026-11-23T10:00:00.000Z']);
  });

  it('says the same of what could not be checked where all of that is the same', () => {
    const unchecked = { told: ['engine:gdb'], since: AT, fresh: ['engine:redis'] };
    const of = (one: Unchecked | undefined) => withUnchecked(verdictOf([], AT), one);
    expect(of(undefined)).toEqual(verdictOf([], AT));
    expect(of(unchecked).unchecked).toEqual(unchecked);
    expect(sameUnchecked(of(unchecked), of({ ...unchecked }))).toBe(true);
    expect(sameUnchecked(of(undefined), of(undefined))).toBe(true);
    for (const other of [
      undefined,
      { ...unchecked, told: [] },
      { ...unchecked, since: null },
      { ...unchecked, fresh: ['assume-role'] },
    ])
      expect(sameUnchecked(of(unchecked), of(other))).toBe(false);
  });

  it('leaves out what could not be checked where the tag has no room for it', () => {
    const told = [...ALL_ENGINES, ...ALL_ENGINES].map((id) => `engine:${id}`);
    const verdict = { ...verdictOf([], AT), unchecked: { told, since: null, fresh: [] } };
    expect(formatVerdict(verdict)).toBe('verified 2026-11-23T10:00:00.000Z');
    const ids = [
      'assume-role',
      'assume-role-denied',
      'connection:vpc',
      ...ALL_ENGINES.map((id) => `engine:${id}`),
    ];
    const unchecked = { told: ids.slice(0, 5), since: AT, fresh: ids.slice(5) };
    expect(readVerdict(tagged(formatVerdict({ ...verdict, unchecked })))).toMatchObject({ unchecked });
  });

  it('fits into a tag whatever failed, and equal sets stay equal', () => {
    const ids = [
      'owner-account',
      'ownership',
      'trust-dms',
      'assume-role-denied',
      ...ALL_ENGINES.map((id) => `engine:${id}`),
    ];
    fc.assert(
      fc.property(fc.subarray(ids), fc.nat(), (set, n) => {
        const verdict = verdictOf(failing(...set), AT);
        const shuffled = verdictOf(failing(...set.slice(n % 7), ...set.slice(0, n % 7)), millis(AT + n));
        expect(formatVerdict(verdict).length).toBeLessThanOrEqual(256);
        expect(sameVerdict(verdict, shuffled)).toBe(true);
        expect(readVerdict(tagged(formatVerdict(verdict)))).toEqual(verdict);
      }),
    );
    expect(verdictOf(failing(...ids), AT).checks.at(-1)).toMatch(/^\+\d+$/);
  });

  it.each([
    '',
    'verified',
    'verified yesterday',
    'fine 2026-11-23T10:00:00.000Z',
    'verified 2026-11-23T10:00Z',
  ])('is none that nobody here wrote: %j', (value) => {
    expect(readVerdict(tagged(value))).toBeNull();
  });
});

describe('the sample', () => {
  it.each([1, 2, 3, 6, 12, 24, 24 * 7])(
    'reaches every role once in 23 sweeps that come every %i hours',
    (every) => {
      for (let n = 0; n < 50; n += 1) {
        const sweeps = Array.from({ length: ROUND }, (_, sweep) => millis(AT + sweep * every * HOUR));
        expect(sweeps.filter((at) => isSampled(`dms-cross-account-${1_000_000 + n}`, at))).toHaveLength(1);
      }
    },
  );

  it('is about a 23rd of the roles in any hour, and the same for any letter case', () => {
    const names = Array.from({ length: 10_000 }, (_, n) => `dms-cross-account-${1_000_000_000 + n}`);
    for (let hour = 0; hour < ROUND; hour += 1) {
      const sampled = names.filter((name) => isSampled(name, millis(AT + hour * HOUR))).length;
      expect(Math.abs(sampled / 10_000 - 1 / ROUND)).toBeLessThan(0.012);
    }
    expect(isSampled('Role', AT)).toBe(isSampled('rOLE', AT));
  });

  it('is left out of what needs few calls', () => {
    expect(
      ['engine:redis', 'connection:vpc', 'assume-role-denied', 'assume-role', 'trust-dms'].filter(
        needsFullLook,
      ),
    ).toEqual(['engine:redis', 'connection:vpc', 'assume-role-denied']);
  });
});

describe('a repair', () => {
  it.each([
    [0, 100, true, 'wait'],
    [30, 100, true, 'repair'],
    [31, 100, true, 'alarm'],
    [3, 10, true, 'repair'],
    [4, 10, true, 'alarm'],
    [4, 10, false, 'alarm'],
    [9, 9, true, 'repair'],
    [1, 9, false, 'wait'],
  ] as const)('%i of %i roles (all of them: %s): %s', (broken, judged, whole, decision) => {
    expect(mayRepair(broken, judged, whole)).toBe(decision);
  });
});

describe('the names of roles that are not ours', () => {
  it('come back out of their tag, sorted and each once', () => {
    expect(readNames(formatNames(['b', 'a', 'b']))).toEqual(['a', 'b']);
    expect([readNames(''), readNames(undefined)]).toEqual([[], []]);
  });

  it('are cut to what fits, and counted', () => {
    const names = Array.from({ length: 40 }, (_, n) => `dms-cross-account-${1_000_000_000_000_000 + n}`);
    const value = formatNames(names);
    expect(value.length).toBeLessThanOrEqual(256);
    expect(value).toMatch(/ \+33$/);
    expect(readNames(value)).toEqual(names.slice(0, 7));
  });
});
