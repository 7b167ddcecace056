import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct } from '../../kit/direct.ts';
import { remembering, tableOf } from '../../kit/remembering.ts';
import { send } from '../../kit/send.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('an inventory that nobody here took', () => {
  it('is not written down, and one that was taken is', async () => {
    const at = await direct();
    const table = () => at.owner.ram.findRole('dms-handshake-verify')?.tags.get('dms-roll-0');
    const odd = remembering({ 'dms-roll-0': 'who', 'dms-roll-1': 'knows', 'dms-roll-2': 'what' });
    expect(await send(at, { upkeep: odd })).toMatchObject({ result: 'report' });
    expect(table()).toBeUndefined();
    const tags = tableOf(at.clock.now());
    expect(await send(at, { upkeep: remembering(tags) })).toMatchObject({ result: 'applied' });
    expect(table()).toBe(tags['dms-roll-0']);
  });

  it('is written on no other role, and no other tag on any', async () => {
    const at = await direct();
    await send(at, GRANT);
    at.writes.length = 0;
    const tags = { ...tableOf(at.clock.now()), 'dms-engine-gdb': 'granted 2026-11-23T09:00:00.000Z' };
    for (const role of [ROLE, 'dms-handshake-provision', 'payroll'])
      await send(at, { upkeep: { remember: { roles: [role], tags } } });
    const odd = { 'managed-by': 'x', 'dms-closed': '2026-11-23T09:00:00.000Z' };
    await send(at, { upkeep: remembering(odd) });
    expect(at.writes).toEqual([]);
  });
});
