import { expect, it } from 'vitest';
import { IdSource } from '../../../../local/cloud/mns/ids.ts';

const ids = (prefix: string): string[] => {
  const source = new IdSource(prefix);
  return Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? source.messageId() : source.requestId()));
};

it('ids look like the vendor’s, are the same in every run, and no two are alike', () => {
  const found = ids('mns/1');
  expect(found).toEqual(ids('mns/1'));
  expect(new Set([...found, ...ids('mns/2')]).size).toBe(2_000);
  expect(found[0]).toMatch(/^[0-9A-F]{32}$/);
  expect(found[1]).toMatch(/^[0-9A-F]{24}$/);
});
