import { expect, it } from 'vitest';
import { liveIds, readRecord } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { approving } from '../../kit/approval.ts';
import { direct } from '../../kit/direct.ts';
import { CONSOLE_ROLE, ROLE } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

const REVIEW_DAYS = 10;

/** A world in which all waits for approval but these, and what the sweep comes to in it. */
async function world(unless: object) {
  const at = await direct(false, approving({ unless }, {}, { reviewDays: REVIEW_DAYS }));
  const sweeping = sweeper(at);
  const told = () => sweeping.replies.filter(({ data }) => data.status === 'review-due');
  const granted = (role: string) => {
    const tags = at.owner.ram.findRole(role)?.tags ?? new Map<string, string>();
    return liveIds(readRecord(tags, at.clock.now()), at.clock.now());
  };
  return { at, sweeping, told, granted };
}

it('requests that wait, with ids as long as may be, keep no role from being narrowed', async () => {
  const { at, sweeping, told, granted } = await world({ engines: ['gdb'] });
  await send(at, { requesterUid: REQUESTER, engines: ['gdb'] });
  for (let day = 0; day < 2 * REVIEW_DAYS + 1; day += 1) {
    for (const requestId of [`short-${day}`, `${day}`.padStart(128, 'x')]) {
      await at.clock.sleep(MINUTE);
      await send(at, { requesterUid: REQUESTER, engines: ['redis'], requestId });
    }
    await at.clock.sleep(DAY - 2 * MINUTE);
    if (day >= REVIEW_DAYS - 1) await sweeping.runAndDeliver();
  }
  // To the requester and to the owner.
  expect(told()).toHaveLength(2);
  expect(granted(ROLE)).toEqual([]);
});

it('revokes of users that nobody has leave room for the note that a review was told', async () => {
  const { at, sweeping, told, granted } = await world({ maxDays: 365 });
  const asked = { requesterUid: REQUESTER, access: 'console' };
  const expiresAt = new Date(at.clock.now() + 100 * DAY).toISOString();
  await send(at, { ...asked, users: ['alice'], expiresAt });
  for (const letter of ['a', 'b', 'c', 'd', 'e']) {
    const users = Array.from({ length: 4 }, (_, n) => `${letter}${n}`);
    await send(at, { ...asked, action: 'revoke', users });
  }
  expect(at.owner.ram.findRole(CONSOLE_ROLE)?.tags.size).toBeLessThanOrEqual(16);
  await at.clock.sleep(REVIEW_DAYS * DAY + 3 * HOUR);
  await sweeping.runAndDeliver();
  expect(told()).toHaveLength(2);
  await at.clock.sleep(REVIEW_DAYS * DAY + MINUTE);
  await sweeping.runAndDeliver();
  expect(granted(CONSOLE_ROLE)).toEqual([]);
});
