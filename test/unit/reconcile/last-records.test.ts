import { expect, it } from 'vitest';
import { LastRecords } from '../../../shared/reconcile/last-records.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { at } from '../../kit/time.ts';

it('an instance keeps the records of the 500 roles that it saw last', () => {
  const last = new LastRecords();
  const recordOf = (n: number) => ({ ...EMPTY_RECORD, closedAt: at(n) });
  const see = (n: number) => {
    last.see(`role-${n}`, recordOf(n));
  };
  const kept = (...roles: readonly number[]) => roles.map((n) => last.of(`role-${n}`).closedAt !== null);
  for (let n = 1; n <= 500; n += 1) see(n);
  expect(kept(1, 2, 500)).toEqual([true, true, true]);
  // Seen again, it is no longer the oldest.
  see(1);
  see(501);
  expect(kept(1, 2, 3, 501)).toEqual([true, false, true, true]);
});
