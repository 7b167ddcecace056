import { expect, it } from 'vitest';
import { date } from '../../../../local/cloud/ram/answers.ts';
import { RamIds } from '../../../../local/cloud/ram/ids.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';

it('a time is written to the second, whether it was written before or not', () => {
  // More than are kept.
  for (let n = 0; n < 1_100; n += 1) date(millis(n * 1_000));
  for (const time of [0, 1_099_000])
    expect(date(millis(time))).toBe(time === 0 ? '1970-01-01T00:00:00Z' : '1970-01-01T00:18:19Z');
  expect(date(millis(999))).toBe('1970-01-01T00:00:00Z');
  expect(date(millis(999))).toBe('1970-01-01T00:00:00Z');
});

it('the ids of an account are the same in every run, of 18 digits, and never the same twice', () => {
  const ids = (uid: string) => {
    const given = new RamIds(uid);
    return Array.from({ length: 200 }, () => given.next('2'));
  };
  expect(ids(OWNER)).toEqual(ids(OWNER));
  const all = [...ids(OWNER), ...ids(REQUESTER)];
  expect(new Set(all).size).toBe(400);
  expect(all.filter((id) => !/^2\d{17}$/.test(id))).toEqual([]);
});

it('a copy gives the ids that come next', () => {
  const ids = new RamIds(OWNER);
  ids.next('3');
  const copy = ids.copy();
  const next = ids.next('2');
  expect(copy.next('2')).toBe(next);
  expect(copy.nextGroup()).toBe(ids.nextGroup());
});
