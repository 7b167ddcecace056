import { beforeEach, describe, expect, it } from 'vitest';
import type { RoleId } from '../../../shared/catalogue/names.ts';
import type { RamLister } from '../../../shared/ports.ts';
import { formatInventory, inventoryOf } from '../../../shared/sweep/inventory-table.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { detach } from '../../kit/by-hand.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE, roleOf, VERIFY_ROLE } from '../../kit/roles.ts';
import { type Sweeper, sweeper } from '../../kit/sweeper.ts';
import { DAY, HOUR, SECOND } from '../../kit/time.ts';

/** Which roles count as deleted since the last sweep, and what is remembered for the next one. */
let at: Direct;
let sweeping: Sweeper;
/** Roles that a listing leaves out. */
let unlisted: readonly string[];

beforeEach(async () => {
  at = await direct(true, { heal: false });
  unlisted = [];
  const lister = (): RamLister => {
    const all = at.lister();
    async function* allRoles() {
      for await (const role of all.allRoles()) if (!unlisted.includes(role.name)) yield role;
    }
    return { ...all, allRoles };
  };
  sweeping = sweeper({ ...at, lister });
  await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'] });
  at.clock.advance(HOUR);
  await sweeping.runAndDeliver();
  at.clock.advance(HOUR);
});

const deleteByHand = async () => {
  await detach(at, ROLE, 'DmsCrossAccountPolicy-redis', 'Custom');
  await at.byHand('DeleteRole', { RoleName: ROLE });
};

describe('a role that is not in the listing', () => {
  it('and that RAM knows is not told of; once it is deleted, it is', async () => {
    unlisted = [ROLE];
    expect((await sweeping.runAndDeliver()).gone).toBe(0);
    await deleteByHand();
    expect((await sweeping.runAndDeliver()).gone).toBe(1);
    expect(sweeping.replies.map(({ data }) => data.problem?.code)).toEqual(['verification-failed']);
    expect((await sweeping.runAndDeliver()).gone).toBe(0);
  });

  it('because it was closed, and deleted a day later, is not told of', async () => {
    await sweeping.request({ requesterUid: REQUESTER, action: 'revoke' });
    const gone: number[] = [];
    for (const wait of [HOUR, DAY + SECOND, HOUR]) {
      at.clock.advance(wait);
      gone.push((await sweeping.runAndDeliver()).gone);
    }
    expect([roleOf(at), gone, sweeping.replies]).toEqual([undefined, [0, 0, 0], []]);
  });

  it.each<[string, RoleId, number]>([
    ['of an account that may be', { access: 'register', requesterUid: '77' }, 1],
    ['of an account that nobody can have', { access: 'register', requesterUid: '12345678901234567890' }, 0],
  ])('nor ever was, where somebody edited the tags, is told of as if: %s', async (_what, made, gone) => {
    const table = formatInventory(
      inventoryOf([{ access: 'register', requesterUid: REQUESTER }, made], at.clock.now()),
    );
    for (const [n, value] of table.entries()) roleOf(at, VERIFY_ROLE)?.tags.set(`dms-roll-${n}`, value);
    expect((await sweeping.run()).gone).toBe(gone);
    expect(sweeping.replies).toHaveLength(gone);
  });
});

it('what is remembered as it was is not sent again', async () => {
  roleOf(at)?.tags.delete('managed-by');
  await sweeping.runAndDeliver();
  expect(roleOf(at, VERIFY_ROLE)?.tags.get('dms-strangers')).toBe(ROLE);
  at.clock.advance(HOUR);
  await sweeping.run();
  expect(sweeping.asked).toEqual([]);
});
