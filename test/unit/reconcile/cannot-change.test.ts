import { describe, expect, it } from 'vitest';
import type { Access } from '../../../shared/catalogue/names.ts';
import { cannotChange } from '../../../shared/reconcile/cannot-change.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { NO_END_RULES } from '../../../shared/record/ends.ts';
import { type AccessRecord, EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { DAY, HOUR, START as NOW } from '../../kit/time.ts';

const ago = (ms: number) => millis(NOW - ms);
const grant = (ids: Extract<Change, { action: 'grant' }>['ids'], more: object = {}): Change => ({
  action: 'grant',
  ids,
  at: ago(DAY),
  until: null,
  ...more,
});
const recordOf = (...changes: readonly Change[]): AccessRecord =>
  changes.reduce((record, change) => applyChange(record, change).record, EMPTY_RECORD);

/** Why a change of this record is refused; null where it is not. */
const whyNot = (record: AccessRecord, change: Change, access: Access = 'register', reviewedAt = NaN) => {
  const noted = { reviewedAt: Number.isNaN(reviewedAt) ? null : millis(reviewedAt) };
  const role = { access, requesterUid: REQUESTER };
  const refusal = cannotChange(role, change, applyChange(record, change), record, noted, NOW);
  return refusal === null ? null : `${refusal.code}: ${refusal.detail.slice(0, 60)}`;
};

describe('some users, while the whole account is trusted', () => {
  const trusted = recordOf(grant(['user:alice']), grant(['account']));
  const users = { ids: ['user:alice'], at: NOW } as const;

  it.each([
    ['are not granted', { action: 'grant', ...users, until: null }, true],
    ['are not taken away', { action: 'revoke', ...users }, true],
    ['are given a later end', { action: 'extend', ...users, until: 'never' }, false],
    ['end where nobody confirms them', { action: 'lapse', ids: users.ids, now: NOW }, false],
    ['go with the account', { action: 'revoke', ids: ['account', 'user:alice'], at: NOW }, false],
    ['go with everything', { action: 'revoke', ids: 'all', at: NOW }, false],
  ] satisfies readonly (readonly [string, Change, boolean])[])('%s', (_what, change, isRefused) => {
    expect(whyNot(trusted, change, 'console')).toEqual(
      isRefused ? expect.stringMatching(/^invalid-request: /) : null,
    );
  });

  it('are granted where only users are trusted, and where the account is no more', () => {
    const bob = grant(['user:bob'], { at: NOW });
    expect(whyNot(recordOf(grant(['user:alice'])), bob, 'console')).toBeNull();
    const taken = recordOf(grant(['account']), { action: 'revoke', ids: ['account'], at: ago(HOUR) });
    expect(whyNot(taken, bob, 'console')).toBeNull();
  });

  it('say nothing of a role for DMS, whose tags somebody has edited', () => {
    expect(whyNot(trusted, grant(['redis'], { at: NOW }), 'register')).toBeNull();
  });
});

describe('a new end', () => {
  const record = recordOf(grant(['redis', 'vpc'], { until: millis(NOW + HOUR) }));
  const extend = (ids: Extract<Change, { action: 'extend' }>['ids'], more: object = {}): Change => ({
    action: 'extend',
    ids,
    at: NOW,
    until: millis(NOW + DAY),
    ...more,
  });

  it('is for what is granted', () => {
    expect(whyNot(record, extend(['redis']))).toBeNull();
    expect(whyNot(record, extend('all'))).toBeNull();
    for (const [at, change] of [
      [record, extend(['redis', 'gdb'])],
      [EMPTY_RECORD, extend('all')],
    ] as const)
      expect(whyNot(at, change)).toMatch(/^invalid-request: /);
  });

  it('is no later than the requester may have', () => {
    const ends = { ...NO_END_RULES, latestEnd: () => ago(HOUR) };
    expect(whyNot(record, extend(['redis'], { ends }))).toBe(
      'expired: redis may last no longer: "maxDays" of requesters.json count',
    );
  });

  it('is for engines that the requester may have; connections are judged with them', () => {
    const judged: unknown[] = [];
    const judge = (engines: readonly string[]) => {
      judged.push(engines);
      return null;
    };
    expect(whyNot(record, extend('all', { judge }))).toBeNull();
    expect(judged).toEqual([['redis']]);
    const refused = { code: 'engine-not-allowed', title: 'a', detail: 'not this one', retryable: false };
    expect(whyNot(record, extend('all', { judge: () => refused }))).toBe('engine-not-allowed: not this one');
  });

  it('is none of what was granted in an emergency', () => {
    const emergency = { reason: 'down', digest: 'a'.repeat(43) };
    const ends = { defaultEnd: () => millis(NOW + HOUR), latestEnd: () => millis(NOW + HOUR) };
    const taken = recordOf(grant(['redis'], { at: ago(HOUR), ends, emergency }));
    expect(whyNot(taken, extend(['redis']))).toMatch(/emergency/);
  });
});

describe('an emergency', () => {
  const ends = { defaultEnd: () => millis(NOW + HOUR), latestEnd: () => millis(NOW + HOUR) };
  const digest = 'a'.repeat(43);
  const emergency = (
    ids: Extract<Change, { action: 'grant' }>['ids'],
    at: number,
    more: object = {},
    until = ends,
  ): Change => grant(ids, { at: millis(at), ends: until, emergency: { reason: 'down', digest, ...more } });
  const another = { digest: 'b'.repeat(43) };
  const taken = recordOf(emergency(['redis'], ago(2 * HOUR)));

  it('is granted where there was none before', () => {
    expect(whyNot(EMPTY_RECORD, emergency(['redis'], NOW))).toBeNull();
  });

  it('that is delivered again is answered like every copy', () => {
    expect(whyNot(taken, emergency(['redis'], ago(2 * HOUR)))).toBeNull();
  });

  it('is not for what is granted already', () => {
    expect(whyNot(recordOf(grant(['redis'])), emergency(['redis', 'gdb'], NOW))).toMatch(/redis/);
    expect(whyNot(recordOf(grant(['redis'])), emergency(['gdb'], NOW))).toBeNull();
  });

  it.each([
    ['waits for a review of the last one', NaN, NOW, true],
    ['is not granted by a review before the last one', ago(3 * HOUR), NOW, true],
    ['is granted after a review', ago(HOUR), NOW, false],
    ['is not granted where it was sent before that review', ago(HOUR), ago(HOUR + 1), true],
    ['is not granted where it was sent in the same millisecond', ago(HOUR), ago(HOUR), true],
  ])('%s', (_what, reviewedAt, at, isRefused) => {
    expect(whyNot(taken, emergency(['gdb'], at, another), 'register', reviewedAt)).toEqual(
      isRefused ? expect.any(String) : null,
    );
  });

  it('is not granted once its end is over', () => {
    const over = { defaultEnd: () => NOW, latestEnd: () => NOW };
    expect(whyNot(EMPTY_RECORD, emergency(['redis'], ago(HOUR), {}, over))).toMatch(/^\S+: /);
    const soon = { defaultEnd: () => millis(NOW + 1), latestEnd: () => millis(NOW + 1) };
    expect(whyNot(EMPTY_RECORD, emergency(['redis'], ago(HOUR), {}, soon))).toBeNull();
  });
});
