import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const attached = (at: Direct) => at.owner.ram.findRole(ROLE)?.attachments.map(({ policyName }) => policyName);

/** Two engines are granted, and then the account may hold no further policy. */
async function full(more: object = {}) {
  const at = await direct();
  await send(at, { requesterUid: REQUESTER, engines: ['redis', 'gdb'], ...more });
  at.owner.ram.limits.policies = at.owner.ram.policies.size;
  at.clock.advance(MINUTE);
  return at;
}

describe('where the account can hold no further policy', () => {
  it('a revoke takes the engine away all the same, and says that the rest has no policy', async () => {
    const at = await full();
    const outcome = await send(at, { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] });
    expect(outcome).toMatchObject({ result: 'failed', problem: { code: 'quota-exceeded' } });
    expect(attached(at)).toEqual([]);
  });

  it('an end takes the engine away all the same', async () => {
    const at = await full();
    const expiresAt = new Date(at.clock.now() + HOUR).toISOString();
    await send(at, { requesterUid: REQUESTER, engines: ['redis'], expiresAt });
    at.clock.advance(2 * HOUR);
    await send(at, { upkeep: { role: ROLE, expired: ['redis'] } });
    expect(attached(at)).toEqual([]);
  });

  it('the same revoke, sent again when there is room, leaves the rest as it was granted', async () => {
    const at = await full();
    const revoke = { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] };
    await send(at, revoke);
    at.owner.ram.limits.policies += 1;
    expect(await send(at, revoke)).toMatchObject({ result: 'applied', problem: null });
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb']);
  });

  it('a grant of more leaves what is granted as it is', async () => {
    const at = await full();
    const outcome = await send(at, { requesterUid: REQUESTER, engines: ['lindorm'] });
    expect(outcome).toMatchObject({ result: 'failed', problem: { code: 'quota-exceeded' } });
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb-redis']);
  });
});
