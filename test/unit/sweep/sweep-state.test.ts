import { describe, expect, it } from 'vitest';
import { isSampled, NOT_SAMPLED } from '../../../shared/sweep/sample.ts';
import { formatNames, readNames, TOLD_NAMES_TAG } from '../../../shared/sweep/told-names.ts';
import { sameVerdict, VERDICT_TAG, verdictOf } from '../../../shared/verification/verdict.ts';
import { at } from '../../kit/time.ts';

describe('what the sweep remembers', () => {
  it('stands in tags of these names, and what it left out is said so', () => {
    expect([VERDICT_TAG, TOLD_NAMES_TAG, NOT_SAMPLED]).toEqual([
      'dms-verdict',
      'dms-strangers',
      'sampled: not in this sweep',
    ]);
  });

  it('of many failed checks, as many as fit, to the character', () => {
    const cut = (...lengths: number[]) =>
      verdictOf(
        lengths.map((length, index) => ({
          id: 'abc'.charAt(index).repeat(length),
          status: 'fail' as const,
          detail: 'why',
          fix: 'how',
        })),
        at(0),
      ).checks.map((id) => (id.startsWith('+') ? id : `${id.length}`));
    expect(cut(100, 100, 100)).toEqual(['100', '100', '+1']);
    expect(cut(109, 108)).toEqual(['109', '108']);
    expect(cut(109, 109)).toEqual(['109', '+1']);
    expect(cut(218, 1, 1)).toEqual(['218', '+2']);
  });

  it('is the same verdict where status and checks are', () => {
    const verdict = (status: 'verified' | 'failed', ...checks: string[]) => ({ status, at: at(0), checks });
    expect(sameVerdict(verdict('failed', 'a', 'b'), { ...verdict('failed', 'a', 'b'), at: at(9) })).toBe(
      true,
    );
    for (const other of [verdict('verified', 'a', 'b'), verdict('failed', 'a'), verdict('failed', 'ab')])
      expect([other, sameVerdict(verdict('failed', 'a', 'b'), other)]).toEqual([other, false]);
  });

  it('of strangers is as many names as fit, to the character', () => {
    const name = (letter: string, length: number) => letter.repeat(length);
    expect(formatNames([name('a', 250)])).toBe(name('a', 250));
    expect(formatNames([name('a', 251)])).toBe('+1');
    expect(readNames(formatNames([name('a', 125), name('b', 124)]))).toHaveLength(2);
    expect(formatNames([name('a', 125), name('b', 125)])).toBe(`${name('a', 125)} +1`);
    expect(formatNames(['a'])).toBe('a');
  });
});

describe('which roles an hour looks at in full', () => {
  const PINNED = ['role-15', 'role-31', 'role-47'];
  const sampled = (time: ReturnType<typeof at>) =>
    Array.from({ length: 60 }, (_, n) => `role-${n}`).filter((name) => isSampled(name, time));

  it('is for the whole hour, and from release to release, the same', () => {
    expect(sampled(at(0))).toEqual(PINNED);
    expect(sampled(at(3_599.999))).toEqual(PINNED);
    expect(sampled(at(3_600))).not.toEqual(PINNED);
  });
});
