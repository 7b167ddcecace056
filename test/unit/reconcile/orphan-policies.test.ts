import { describe, expect, it } from 'vitest';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { DAY } from '../../kit/time.ts';

const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('a policy of ours', () => {
  const upkeep = { upkeep: { policy: 'DmsCrossAccountPolicy-redis' } };
  const exists = (at: Direct) =>
    at.owner.ram.findPolicy('Custom', 'DmsCrossAccountPolicy-redis') !== undefined;

  it('goes when no role has used it for a day, and not before', async () => {
    const at = await direct();
    await send(at, GRANT);
    at.clock.advance(2 * DAY);
    expect([(await send(at, upkeep)).result, exists(at)]).toEqual(['report', true]);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    const removed = await send(at, upkeep);
    expect([removed.result, removed.writes, exists(at)]).toEqual(['applied', 1, false]);
    expect((await send(at, upkeep)).result).toBe('report');
  });

  it('is known by its name and its tag', async () => {
    const at = await direct();
    expect((await send(at, { upkeep: { policy: 'AdministratorAccess' } })).result).toBe('report');
    expect((await send(at, { upkeep: { role: 'not-ours' } })).result).toBe('report');
    expect(at.writes).toEqual([]);
  });

  // Found by the scenario `fuzz`, seed 1, event 55143: RAM refused the name, and the event was delivered four times.
  it('has a name that RAM can hold: no other is looked up', async () => {
    const at = await direct();
    const calls = at.world.journal.calls.length;
    const { result } = await send(at, { upkeep: { policy: 'DmsCrossAccountPolicy-red§s' } });
    expect([result, at.world.journal.calls.length]).toEqual(['report', calls]);
  });

  it('that RAM refuses to show is not asked for again and again', async () => {
    const at = await direct();
    const policy = () =>
      Promise.reject(new TerminalError('permission-missing', 'RAM GetPolicy: NoPermission'));
    const ports = at.provisionPorts();
    const ended = await send(at, upkeep, { ports: { ...ports, ram: { ...ports.ram, policy } } });
    expect(ended).toMatchObject({
      result: 'failed',
      action: 'upkeep',
      requesterUid: null,
      problem: { code: 'permission-missing' },
    });
    expect(await verify(ended, at.settings, SENDER, at.verifyPorts())).toBeNull();
  });
});
