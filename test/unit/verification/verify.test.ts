import { describe, expect, it } from 'vitest';
import { problem } from '../../../events/problem.ts';
import { unknownEvent } from '../../../shared/requests/unknown-event.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct } from '../../kit/direct.ts';
import { outcomeOf } from '../../kit/outcomes.ts';
import { send } from '../../kit/send.ts';
import { SENDER } from '../../kit/sweeper.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('verify', () => {
  it('has nobody to tell of upkeep that took nothing away', async () => {
    const at = await direct();
    const outcome = await send(at, { upkeep: { role: ROLE } });
    expect(await verify(outcome, at.settings, SENDER, at.verifyPorts())).toBeNull();
  });

  it('replies with what failed where it is refused a right of its own', async () => {
    const at = await direct();
    const outcome = await send(at, GRANT);
    const ports = at.verifyPorts();
    const role = () => Promise.reject(new TerminalError('permission-missing', 'RAM GetRole: NoPermission'));
    const reply = await verify(outcome, at.settings, SENDER, { ...ports, ram: { ...ports.ram, role } });
    expect(reply?.data).toMatchObject({
      status: 'failed',
      reference: 'DBA-1',
      roleArn: null,
      checks: [],
      problem: { code: 'permission-missing', detail: 'RAM GetRole: NoPermission.' },
    });
  });

  it.each([
    ['what it took away', 'expired', true],
    ['that something else came on its topic', 'invalid-request', true],
    ['nothing else', 'role-not-owned', false],
  ] as const)('tells of upkeep %s', async (_what, code, isTold) => {
    const at = await direct();
    const outcome = outcomeOf({ action: 'upkeep', result: 'failed', problem: problem(code, 'why.') });
    const reply = await verify(outcome, at.settings, SENDER, at.verifyPorts());
    expect(reply?.data.problem?.code).toBe(isTold ? code : undefined);
  });

  it.each([
    ['waits', { result: 'pending' }, 'pending'],
    ['was refused', { result: 'rejected' }, 'rejected'],
    ['failed', { result: 'failed' }, 'failed'],
    ['nobody is known to have sent', { requesterUid: null }, 'failed'],
  ] as const)('looks at nothing for a request that %s', async (_what, over, status) => {
    const at = await direct();
    const identity = { accountId: () => Promise.reject(new Error('it looks')) };
    const ports = { ...at.verifyPorts(), identity };
    const reply = await verify(outcomeOf(over), at.settings, SENDER, ports);
    expect([reply?.data.status, reply?.data.checks]).toEqual([status, []]);
  });

  it('throws on what another delivery may do better', async () => {
    const at = await direct();
    const outcome = await send(at, GRANT);
    const ports = at.verifyPorts();
    const role = () => Promise.reject(new TypeError('a fault of ours'));
    await expect(
      verify(outcome, at.settings, SENDER, { ...ports, ram: { ...ports.ram, role } }),
    ).rejects.toThrow('a fault of ours');
  });

  it('replies to an event that is of no trigger, that it was refused', async () => {
    const at = await direct();
    const reply = await verify(unknownEvent('1-x'), at.settings, SENDER, at.verifyPorts());
    expect(reply?.data).toMatchObject({
      status: 'rejected',
      requestId: '1-x',
      requesterUid: null,
      problem: { code: 'invalid-request' },
    });
  });
});
