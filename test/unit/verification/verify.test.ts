import { describe, expect, it } from 'vitest';
import { unknownEvent } from '../../../shared/requests/unknown-event.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct } from '../../kit/direct.ts';
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
