import { expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import type { EndRules } from '../../../shared/record/ends.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { at, DAY } from '../../kit/time.ts';

const ends: EndRules = { defaultEnd: (from) => millis(from + DAY), latestEnd: () => null };
const first: Change = { action: 'grant', ids: ['redis'], at: at(1), until: null, ends };
const revoke: Change = { action: 'revoke', ids: 'all', at: at(7), ends };
/** Narrower than the first: one that is equal would move no stamp. */
const last: Change = {
  action: 'grant',
  ids: ['redis'],
  at: at(30),
  until: null,
  narrowed: new Map([['redis', []]]),
  ends,
};
const extend = (until: number | 'never'): Change => ({
  action: 'extend',
  ids: ['redis'],
  at: at(22),
  until: until === 'never' ? until : at(until),
  ends,
});
const endAfter = (...words: readonly Change[]) =>
  words.reduce((record, word) => applyChange(record, word).record, EMPTY_RECORD).entries.get('redis')?.until;

/**
 * In the order of sending there is nothing to extend at 22: the revoke has taken it, and the last grant is not
 * sent yet.
 */
it('an extension from between a revoke and a later grant lets nothing end later, in any order', () => {
  const end = at(7) + DAY;
  expect(endAfter(first, last, revoke, extend('never'))).toBe(end);
  expect(endAfter(last, first, revoke, extend('never'), extend('never'))).toBe(end);
  expect(endAfter(first, last, extend('never'), revoke)).toBe(end);
  expect(endAfter(first, revoke, last, extend('never'))).toBe(at(30) + DAY);
});

it('it may let it end sooner, as the one that it was sent for may have lain between', () => {
  expect(endAfter(first, last, revoke, extend(400))).toBe(at(400));
});
