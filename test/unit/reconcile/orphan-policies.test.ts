import { describe, expect, it } from 'vitest';
import type { ListedPolicy } from '../../../shared/ports.ts';
import { isOrphan, removeOrphan } from '../../../shared/reconcile/orphan-policies.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
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

  it('is taken away by one write, which says why', async () => {
    const at = await direct();
    await send(at, GRANT);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    at.clock.advance(2 * DAY);
    const ports = at.provisionPorts();
    const written: unknown[] = [];
    const apply = async (role: string, operation: object) => {
      written.push([role, operation]);
      return 'done' as const;
    };
    await send(at, upkeep, { ports: { ...ports, ram: { ...ports.ram, apply } } });
    const target = 'DmsCrossAccountPolicy-redis';
    const reason = 'no role has used it for a day';
    expect(written).toEqual([['', { operation: 'delete-policy', target, reason }]]);
  });

  it('of another account is left alone', async () => {
    const at = await direct();
    const identity = { accountId: async () => '3000000000000003' };
    const done = await removeOrphan('DmsCrossAccountPolicy-redis', at.settings, {
      ...at.provisionPorts(),
      identity,
    });
    expect([done.refusal?.code, done.writes, at.writes]).toEqual(['wrong-account', null, []]);
  });
});

describe('an orphan', () => {
  const NOW = millis(Date.parse('2026-11-23T10:00:00Z'));
  const policy: ListedPolicy = {
    name: 'DmsCrossAccountPolicy-redis',
    attachments: 0,
    updatedAt: millis(NOW - DAY - 1),
    tags: new Map([['managed-by', 'dms-handshake']]),
  };
  it.each<[string, Partial<ListedPolicy>, boolean]>([
    ['is ours, and was unused for more than a day', {}, true],
    ['is none after a day', { updatedAt: millis(NOW - DAY) }, false],
    ['is none while it is attached', { attachments: 1 }, false],
    ['is none without our tag', { tags: new Map() }, false],
    ['is none of another name', { name: 'Payroll' }, false],
    ['is none of a name that RAM cannot hold', { name: 'DmsCrossAccountPolicy-red§s' }, false],
  ])('%s', (_what, over, isOne) => {
    expect(isOrphan({ ...policy, ...over }, NOW)).toBe(isOne);
  });
});
