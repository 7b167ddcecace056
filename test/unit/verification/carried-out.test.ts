import { beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../../events/problem.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { admitRequest } from '../../../shared/requests/admit-request.ts';
import { isParsedRequest, parseRequestOf } from '../../../shared/requests/parsed-request.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { proofOfFailed } from '../../../shared/verification/carried-out.ts';
import type { VerifyPorts } from '../../../shared/verification/verify.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, topicOf } from '../../kit/direct.ts';
import { outcomeOf } from '../../kit/outcomes.ts';
import { ROLE } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { DAY, MINUTE } from '../../kit/time.ts';

/** A request that is said to have failed: whether its role is what it asks for all the same. */
let at: Direct;
beforeEach(async () => {
  at = await direct();
});

const FAILED = outcomeOf({ result: 'failed', problem: problem('internal', 'it ran out of time.') });
const GRANT = { requesterUid: REQUESTER, engines: ['gdb', 'redis'] };
const inDays = (days: number) => new Date(at.clock.now() + days * DAY).toISOString();

/** As verify looks: `ago` ms after the request was published. */
const proofOf = (body: object, ago = 0, over: Partial<VerifyPorts> = {}) => {
  const delivery = {
    body: JSON.stringify(body),
    messageId: 'm-1',
    publishedAt: at.clock.now(),
    topic: topicOf(REQUESTER),
  };
  const { requesters } = at.settings;
  const parsed = parseRequestOf(delivery, OWNER, requesters);
  const request = isParsedRequest(parsed) ? admitRequest(parsed, delivery.topic, requesters) : parsed;
  if (!isParsedRequest(request)) throw new Error('the request is refused');
  at.clock.advance(ago);
  return proofOfFailed(FAILED, request, at.settings, { ...at.verifyPorts(), ...over });
};
/** Carried out a minute ago. */
const sent = async (body: object) => {
  await send(at, body);
  at.clock.advance(MINUTE);
};

describe('a request that is said to have failed has been carried out', () => {
  it('where its role is proved to grant what it asks for', async () => {
    await sent(GRANT);
    const found = await proofOf(GRANT);
    expect(found?.outcome).toEqual({ ...FAILED, result: 'applied', problem: null, changes: [] });
    expect(found?.proof.granted.engines).toEqual(['gdb', 'redis']);
    expect(found?.proof.checks.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it('where it takes away, and the reads of what is gone are denied', async () => {
    await sent(GRANT);
    const revoke = { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] };
    await sent(revoke);
    const found = await proofOf(revoke);
    expect(found?.proof.revoked).toEqual(['redis']);
    const [check] = found?.proof.checks.filter(({ id }) => id === 'engine:redis') ?? [];
    expect(check).toMatchObject({ status: 'pass', detail: 'taken away: the read is now denied' });
  });

  it('where it takes a connection away, of which there is nothing to read', async () => {
    await sent({ ...GRANT, connections: ['vpc'] });
    const revoke = { requesterUid: REQUESTER, action: 'revoke', connections: ['vpc'] };
    await sent(revoke);
    expect((await proofOf(revoke))?.proof.revoked).toEqual([]);
  });

  it('where it closes, and where it changes nothing', async () => {
    await sent(GRANT);
    expect((await proofOf({ requesterUid: REQUESTER, action: 'verify' }))?.proof.revoked).toEqual([]);
    const close = { requesterUid: REQUESTER, action: 'revoke' };
    await sent(close);
    expect((await proofOf(close))?.proof.granted.engines).toEqual([]);
  });

  it('where it sets an end that the role has', async () => {
    await sent(GRANT);
    const extend = { requesterUid: REQUESTER, action: 'extend', expiresAt: inDays(5) };
    await sent(extend);
    expect(await proofOf(extend)).not.toBeNull();
  });
});

describe('it has failed', () => {
  it('where there is no role, which one call shows', async () => {
    const { ram } = at.verifyPorts();
    const role = () => Promise.reject(new Error('a call too many'));
    expect(await proofOf(GRANT, 0, { ram: { ...ram, role } })).toBeNull();
  });

  it.each([
    ['grants less', { ...GRANT, engines: ['gdb', 'rds', 'redis'] }],
    ['has another end', { ...GRANT, expiresAt: '2027-01-01T00:00:00Z' }],
    ['is not closed', { requesterUid: REQUESTER, action: 'revoke' }],
    ['still grants what goes', { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] }],
    [
      'does not grant what is extended',
      { requesterUid: REQUESTER, action: 'extend', engines: ['rds'], expiresAt: 'never' },
    ],
  ])('where the role %s', async (_what, body) => {
    await sent(GRANT);
    expect(await proofOf(body)).toBeNull();
  });

  it('where somebody newer has decided something else', async () => {
    await sent(GRANT);
    const old = at.clock.now();
    at.clock.advance(MINUTE);
    await sent({ requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] });
    at.clock.advance(old - at.clock.now());
    expect(await proofOf(GRANT, 10 * MINUTE)).toBeNull();
  });

  it('where what it grants has run out meanwhile, and upkeep has ended it', async () => {
    const grant = { ...GRANT, expiresAt: inDays(1) };
    await send(at, grant);
    expect(await proofOf(grant, 2 * DAY)).toBeNull();
    await send(at, { upkeep: { role: ROLE, expired: ['gdb', 'redis'] } });
    at.clock.advance(-2 * DAY);
    expect(await proofOf(grant, 2 * DAY)).toBeNull();
  });

  it('where one of its grants has run out meanwhile', async () => {
    await sent({ ...GRANT, engines: ['redis'], expiresAt: inDays(1) });
    await send(at, GRANT);
    at.clock.advance(2 * DAY);
    await send(at, { upkeep: { role: ROLE, expired: ['redis'] } });
    at.clock.advance(-2 * DAY);
    expect(await proofOf(GRANT, 2 * DAY)).toBeNull();
  });

  it('where it was never written, and its end has passed, beside a grant that lives', async () => {
    await sent({ ...GRANT, engines: ['gdb'] });
    expect(await proofOf({ ...GRANT, engines: ['redis'], expiresAt: inDays(1) }, 2 * DAY)).toBeNull();
  });

  it('where it extends what has run out meanwhile, beside a grant that lives', async () => {
    await sent({ ...GRANT, engines: ['gdb'] });
    await sent({ ...GRANT, engines: ['redis'], expiresAt: inDays(1) });
    const extend = { requesterUid: REQUESTER, action: 'extend', engines: ['redis'], expiresAt: inDays(3) };
    at.clock.advance(4 * DAY);
    await send(at, { upkeep: { role: ROLE, expired: ['redis'] } });
    at.clock.advance(-4 * DAY);
    expect(await proofOf(extend, 4 * DAY)).toBeNull();
  });

  it('where one of two was never written and its end has passed', async () => {
    await sent({ ...GRANT, engines: ['gdb'], expiresAt: 'never' });
    const both = { ...GRANT, engines: ['gdb', 'redis'] };
    expect(await proofOf({ ...both, expiresAt: inDays(1) }, 2 * DAY)).toBeNull();
  });

  it('where one of two was never written and has run out by default, while the other keeps its end', async () => {
    const requester = { uid: REQUESTER, name: 'a', engines: '*', access: ['register'], defaultDays: 1 };
    at = await direct(true, { requesters: readRequesters(JSON.stringify({ requesters: [requester] })) });
    await sent({ ...GRANT, engines: ['gdb'], expiresAt: 'never' });
    expect(await proofOf({ ...GRANT, engines: ['gdb'] }, 3 * DAY)).not.toBeNull();
    expect(await proofOf(GRANT, 3 * DAY)).toBeNull();
  });

  it('where it takes away what a newer grant has given', async () => {
    await send(at, GRANT);
    at.clock.advance(-MINUTE);
    const revoke = { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] };
    expect(await proofOf(revoke, 2 * MINUTE)).toBeNull();
  });

  it('where it extends what is not granted any more', async () => {
    const extend = { requesterUid: REQUESTER, action: 'extend', engines: ['redis'], expiresAt: inDays(3) };
    await sent({ ...GRANT, expiresAt: inDays(1) });
    await send(at, extend);
    expect(await proofOf(extend)).not.toBeNull();
    at.clock.advance(4 * DAY);
    await send(at, { upkeep: { role: ROLE, expired: ['gdb', 'redis'] } });
    at.clock.advance(-4 * DAY);
    expect(await proofOf(extend, 4 * DAY)).toBeNull();
  });

  it('where a check fails', async () => {
    await sent(GRANT);
    await at.byHand('DetachPolicyFromRole', {
      PolicyName: 'DmsCrossAccountPolicy-gdb-redis',
      PolicyType: 'Custom',
      RoleName: ROLE,
    });
    expect(await proofOf(GRANT)).toBeNull();
  });

  it('where the record is another by the time of the proof', async () => {
    await sent(GRANT);
    const { ram } = at.verifyPorts();
    let looks = 0;
    const roleTags = async (name: string) => {
      looks += 1;
      if (looks === 2) await send(at, { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] });
      return ram.roleTags(name);
    };
    expect(await proofOf(GRANT, 0, { ram: { ...ram, roleTags } })).toBeNull();
    expect(looks).toBe(2);
  });

  it.each(['roleTags', 'attachedPolicies'] as const)(
    'where %s are refused; a fault of ours is thrown on',
    async (call) => {
      await sent(GRANT);
      const { ram } = at.verifyPorts();
      const failing = (error: Error) => ({ ram: { ...ram, [call]: () => Promise.reject(error) } });
      const refused = new TerminalError('permission-missing', 'RAM: NoPermission');
      expect(await proofOf(GRANT, 0, failing(refused))).toBeNull();
      await expect(proofOf(GRANT, 0, failing(new TypeError('ours')))).rejects.toThrow('ours');
    },
  );
});
