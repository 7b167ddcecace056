import { describe, expect, it } from 'vitest';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import type { ProvisionPorts } from '../../../shared/reconcile/reconciled.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';

const GRANT = { requesterUid: REQUESTER, engines: ['redis'] };
const POLICY = 'DmsCrossAccountPolicy-redis';

const sendWith = (at: Direct, body: object, over: Partial<ProvisionPorts>) =>
  send(at, body, { ports: { ...at.provisionPorts(), ...over } });

describe('a policy of the name without our tag, that says word for word what we write', () => {
  const withPolicy = async () => {
    const at = await direct();
    const PolicyDocument = JSON.stringify(permissionDocument(['redis']));
    await at.byHand('CreatePolicy', { PolicyName: POLICY, PolicyDocument });
    return at;
  };
  const tag = (at: Direct) =>
    at.owner.ram.findPolicy('Custom', POLICY)?.tags.set('managed-by', 'dms-handshake');

  it('is waited for while its tag may not be visible, and used once it is', async () => {
    const at = await withPolicy();
    const { clock } = at;
    const started = clock.now();
    const sleep = async (ms: number) => {
      clock.advance(ms);
      if (clock.now() - started > MINUTE / 2) tag(at);
    };
    const patient = { now: () => clock.now(), sleep };
    expect((await sendWith(at, GRANT, { clock: patient })).result).toBe('applied');
    expect(at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)?.attachments).toMatchObject([
      { policyName: POLICY },
    ]);
  });

  it('is somebody else’s when no tag has come, and no role was made', async () => {
    const at = await withPolicy();
    const { result, problem } = await send(at, GRANT);
    expect([result, problem?.code, at.writes]).toEqual(['rejected', 'role-not-owned', []]);
    expect(problem?.detail).toContain(`the policy ${POLICY} exists without the tag`);
  });
});

describe('an invocation', () => {
  it('that has no time left to look again gives the event back', async () => {
    const at = await direct();
    const { ram } = at.provisionPorts();
    // RAM does not show what is written.
    const blind = { ...ram, role: async () => null, roleTags: async () => new Map<string, string>() };
    const deadline = millis(at.clock.now() + 1_000);
    await expect(sendWith(at, GRANT, { ram: blind, deadline })).rejects.toThrow(RetryableError);
    expect(at.clock.now()).toBeLessThanOrEqual(deadline);
  });

  it('that fails for good says at what, and is not repeated', async () => {
    const at = await direct();
    const accountId = () => Promise.reject(new TerminalError('permission-missing', 'STS: NoPermission'));
    expect(await sendWith(at, GRANT, { identity: { accountId } })).toMatchObject({
      result: 'failed',
      writes: 0,
      problem: { code: 'permission-missing', detail: 'STS: NoPermission.' },
    });
    expect(at.writes).toEqual([]);
  });

  it('that fails at what may pass throws', async () => {
    const at = await direct();
    const accountId = () => Promise.reject(new RetryableError('throttled', 'STS: Throttling'));
    await expect(sendWith(at, GRANT, { identity: { accountId } })).rejects.toThrow('STS: Throttling');
    await expect(sendWith(at, { upkeep: { policy: POLICY } }, { identity: { accountId } })).rejects.toThrow(
      'STS: Throttling',
    );
  });
});

describe('a grant that came after a newer revoke', () => {
  it('holds for what that left alone, and says what it does not hold for', async () => {
    const at = await direct();
    await send(at, GRANT);
    at.clock.advance(MINUTE);
    await send(at, { ...GRANT, action: 'revoke' });
    const late = await send(at, { ...GRANT, engines: ['redis', 'gdb'] }, { ago: MINUTE / 2 });
    expect(late).toMatchObject({ result: 'applied', engines: ['gdb'], problem: { code: 'superseded' } });
    expect(late.problem?.detail).toContain('a newer request has decided about redis;');
  });
});

describe('a grant that ended on its way', () => {
  it('is written down as ended, and fails with its end', async () => {
    const at = await direct();
    const expiresAt = new Date(at.clock.now() - MINUTE).toISOString();
    const ended = await send(at, { ...GRANT, expiresAt }, { ago: 20 * HOUR });
    expect(ended).toMatchObject({ result: 'failed', engines: [], problem: { code: 'expired' } });
    expect(ended.problem?.detail).toContain(expiresAt);
    expect(Object.keys(ended.record)).toEqual(['dms-engine-redis']);
  });
});
