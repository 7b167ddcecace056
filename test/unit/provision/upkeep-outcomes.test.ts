import { beforeEach, describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import type { ProvisionPorts } from '../../../shared/reconcile/reconciled.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { attach } from '../../kit/by-hand.ts';
import { type Direct, direct, REQUESTERS, topicOf } from '../../kit/direct.ts';
import { attachedTo, ROLE, roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { DAY, HOUR } from '../../kit/time.ts';

/** What upkeep comes to, and to whom that is told. */
let at: Direct;
const worldOf = async (over: Parameters<typeof direct>[1] = {}) => {
  at = await direct(true, over);
};
beforeEach(() => worldOf());
const iso = (ms: number) => new Date(at.clock.now() + ms).toISOString();
const grant = (more: object = {}) =>
  send(at, { requesterUid: REQUESTER, engines: ['redis', 'gdb'], ...more });
const keepUp = (upkeep: object, over: Partial<ProvisionPorts> = {}) =>
  send(at, { upkeep }, { ports: { ...at.provisionPorts(), ...over } });
const TO_OWNER = { requesterUid: null, to: ['owner'], action: 'upkeep' };

describe('upkeep of a role', () => {
  it('tells its requester which grants have run out, each of which was asked about', async () => {
    await grant({ expiresAt: iso(HOUR) });
    await send(at, { requesterUid: REQUESTER, engines: ['lindorm'], connections: ['vpc'] });
    await send(at, { requesterUid: REQUESTER, action: 'revoke', engines: ['gdb'] });
    const end = iso(HOUR);
    at.clock.advance(2 * HOUR);
    const told = await keepUp({ role: ROLE, expired: ['redis', 'gdb', 'lindorm', 'rds', 'vpc'] });
    expect(told).toMatchObject({
      result: 'applied',
      action: 'upkeep',
      requesterUid: REQUESTER,
      to: [REQUESTER],
      engines: ['lindorm'],
      connections: ['vpc'],
      revoked: ['redis'],
      problem: { code: 'expired', detail: expect.stringContaining(end) },
    });
    expect(told.problem?.detail).toContain('redis');
    expect(told.problem?.detail).not.toMatch(/gdb|lindorm|rds|vpc/);
  });

  it('tells of a connection that has run out, which is no engine; each message has an id of its own', async () => {
    await grant({ connections: ['vpc'], expiresAt: iso(HOUR) });
    at.clock.advance(2 * HOUR);
    const told = await keepUp({ role: ROLE, expired: ['vpc', 'redis'] });
    expect(told).toMatchObject({ revoked: ['redis'], problem: { detail: expect.stringContaining('vpc') } });
    expect(told.changes.length).toBeGreaterThan(0);
    expect(told.fingerprint).toMatch(/^upkeep [0-9a-f]{8}/);
    expect((await keepUp({ role: ROLE, expired: ['vpc'] })).fingerprint).not.toBe(told.fingerprint);
  });

  it('tells nobody of an end where nothing has ended', async () => {
    await grant();
    expect(await keepUp({ role: ROLE, expired: ['redis'] })).toMatchObject({
      result: 'applied',
      revoked: [],
      problem: null,
      writes: 0,
    });
  });

  it.each([
    [true, true, 1],
    [true, undefined, 2],
    [false, true, 2],
  ])(
    'with HEAL %s and repair %s leaves %i policies on a role that somebody changed',
    async (heal, repair, left) => {
      await worldOf({ heal });
      await grant();
      await attach(at);
      await keepUp({ role: ROLE, ...(repair === undefined ? {} : { repair }) });
      expect(attachedTo(at)).toHaveLength(left);
    },
  );

  it('of a name that is never made here does nothing', async () => {
    expect(await keepUp({ role: 'admin' })).toMatchObject({ result: 'report', ...TO_OWNER });
  });

  it('is refused where the role is not ours', async () => {
    await grant();
    roleOf(at)?.tags.delete('managed-by');
    at.clock.advance(HOUR);
    expect(await keepUp({ role: ROLE })).toMatchObject({
      result: 'rejected',
      problem: { code: 'role-not-owned' },
    });
  });

  it('has failed where a right is missing, and throws a fault of ours', async () => {
    const failing = (error: Error) => ({
      identity: { accountId: () => Promise.reject(error) },
    });
    const missing = new TerminalError('permission-missing', 'STS GetCallerIdentity: NoPermission');
    expect(await keepUp({ role: ROLE }, failing(missing))).toMatchObject({
      result: 'failed',
      ...TO_OWNER,
      problem: { code: 'permission-missing', detail: 'STS GetCallerIdentity: NoPermission.' },
    });
    await expect(keepUp({ role: ROLE }, failing(new TypeError('ours')))).rejects.toThrow('ours');
  });
});

describe('a role that nobody has confirmed', () => {
  const lapsing = (reviewDays: number | null) =>
    worldOf({
      requesters: readRequesters(
        JSON.stringify({
          requesters: REQUESTERS.map((uid) => ({
            uid,
            name: uid,
            engines: '*',
            access: ['register'],
            topics: [topicOf(uid)],
            ...(reviewDays === null ? {} : { reviewDays }),
          })),
        }),
      ),
    });
  /** Its review was told of `days` ago, which was 31 days after it was granted. */
  const told = async (days: number) => {
    await grant();
    at.clock.advance(31 * DAY);
    roleOf(at)?.tags.set('dms-notes', `asked:${at.clock.now().toString(36)}`);
    at.clock.advance(days * DAY);
    return keepUp({ role: ROLE, expired: ['gdb', 'redis'], unconfirmed: true });
  };

  it('is narrowed where its own record says so, and the owner is told, too', async () => {
    await lapsing(30);
    expect(await told(30)).toMatchObject({
      result: 'applied',
      to: [REQUESTER, 'owner'],
      engines: [],
      revoked: ['gdb', 'redis'],
      problem: { code: 'expired' },
    });
  });

  it('is left as it is where the sweep saw nothing of that', async () => {
    await lapsing(30);
    await grant();
    at.clock.advance(31 * DAY);
    roleOf(at)?.tags.set('dms-notes', `asked:${at.clock.now().toString(36)}`);
    at.clock.advance(30 * DAY);
    expect(await keepUp({ role: ROLE, expired: ['gdb', 'redis'] })).toMatchObject({
      engines: ['gdb', 'redis'],
      revoked: [],
      problem: null,
    });
  });

  it('has the owner told where one of several ends is of that kind', async () => {
    await lapsing(30);
    await grant();
    await send(at, { requesterUid: REQUESTER, engines: ['rds'], expiresAt: iso(40 * DAY) });
    at.clock.advance(31 * DAY);
    roleOf(at)?.tags.set('dms-notes', `asked:${at.clock.now().toString(36)}`);
    at.clock.advance(30 * DAY);
    const told = await keepUp({ role: ROLE, expired: ['gdb', 'rds', 'redis'], unconfirmed: true });
    expect(told).toMatchObject({ to: [REQUESTER, 'owner'], revoked: ['gdb', 'rds', 'redis'] });
  });

  it.each([
    ['it was told of later', 30, 29],
    ['no days are set', null, 90],
  ])('is left as it is where %s', async (_what, reviewDays, days) => {
    await lapsing(reviewDays);
    expect(await told(days)).toMatchObject({ engines: ['gdb', 'redis'], revoked: [], problem: null });
  });

  it('is left as it is where its requester is listed no more', async () => {
    await lapsing(30);
    await grant();
    at.clock.advance(31 * DAY);
    roleOf(at)?.tags.set('dms-notes', `asked:${at.clock.now().toString(36)}`);
    at.clock.advance(30 * DAY);
    const settings = { ...at.settings, requesters: { requesters: [], clients: [] } };
    const done = await send(
      { ...at, settings },
      { upkeep: { role: ROLE, expired: ['redis'], unconfirmed: true } },
    );
    expect(done).toMatchObject({ engines: ['gdb', 'redis'], revoked: [] });
  });
});

describe('other upkeep', () => {
  it('of a policy that no role uses deletes it after a day, and not before', async () => {
    await grant();
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    const policy = 'DmsCrossAccountPolicy-gdb-redis';
    expect(await keepUp({ policy })).toMatchObject({ result: 'report', writes: 0, ...TO_OWNER });
    at.clock.advance(DAY + HOUR);
    expect(await keepUp({ policy })).toMatchObject({ result: 'applied', writes: 1, ...TO_OWNER });
    expect(await keepUp({ policy })).toMatchObject({ result: 'report', writes: 0 });
  });

  it('of a policy is refused in another account', async () => {
    const identity = { accountId: async () => '7' };
    expect(await keepUp({ policy: 'DmsCrossAccountPolicy-redis' }, { identity })).toMatchObject({
      result: 'rejected',
      problem: { code: 'wrong-account' },
    });
  });

  it('that a sweep is to go on is handed back', async () => {
    expect(await keepUp({ sweep: { after: 'x' } })).toMatchObject({
      result: 'report',
      sweep: { after: 'x' },
      ...TO_OWNER,
    });
  });
});
