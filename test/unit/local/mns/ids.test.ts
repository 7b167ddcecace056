import { expect, it } from 'vitest';
import { IdSource } from '../../../../local/cloud/mns/ids.ts';
import { TestClock } from '../../../kit/clock.ts';
import { twoAccounts } from '../../../kit/two-accounts.ts';

const ids = (prefix: string): string[] => {
  const source = new IdSource(prefix);
  return Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? source.messageId() : source.requestId()));
};

it('ids look like the vendor’s, are the same in every run, and no two are alike', () => {
  const found = ids('mns/1');
  expect(found).toEqual(ids('mns/1'));
  expect(new Set([...found, ...ids('mns/2')]).size).toBe(2_000);
  expect(found.every((id, n) => id.length === (n % 2 === 0 ? 32 : 24) && /^[0-9A-F]*$/.test(id))).toBe(true);
  expect(found.slice(0, 2)).toEqual(['9E3779B1D9DB3D9E7D977AF86B0AAB35', '3C6EF362D9DB3D9E7D977AF8']);
});

it('two accounts have other ids', () => {
  const { owner, requester } = twoAccounts(new TestClock());
  expect(owner.mns.ids.messageId()).not.toBe(requester.mns.ids.messageId());
});
