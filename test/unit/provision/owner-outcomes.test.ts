import { beforeEach, describe, expect, it } from 'vitest';
import type { ProvisionPorts } from '../../../shared/reconcile/reconciled.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { answerTo, approving } from '../../kit/approval.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { attachedTo, ROLE, roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { tagsOfOthers } from '../../kit/sweep-parts.ts';
import { HOUR } from '../../kit/time.ts';

/** What a word of the owner comes to, and to whom that is told. */
let at: Direct;
const worldOf = async (approval?: object) => {
  at = await direct(true, approval === undefined ? {} : approving(approval));
};
beforeEach(() => worldOf());

const REDIS = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'r-1' };
const say = (owner: object, over: Partial<ProvisionPorts> = {}) =>
  send(at, { owner }, { ports: { ...at.provisionPorts(), ...over } });
const CLOSE = { close: { requesterUid: REQUESTER, access: 'register' } };
const KEEP = { keep: { requesterUid: REQUESTER, access: 'register' } };
const failing = (error: Error) => ({ identity: { accountId: () => Promise.reject(error) } });
const missing = new TerminalError('permission-missing', 'STS GetCallerIdentity: NoPermission');
const FAILED = {
  result: 'failed',
  problem: { code: 'permission-missing', detail: 'STS GetCallerIdentity: NoPermission.' },
};

describe('a close', () => {
  it('takes everything away, also from who is listed no more', async () => {
    await send(at, REDIS);
    at.clock.advance(HOUR);
    const settings = { ...at.settings, requesters: { requesters: [], clients: [] } };
    const done = await send({ ...at, settings }, { owner: CLOSE });
    expect(done).toMatchObject({
      result: 'applied',
      action: 'revoke',
      revoked: ['redis'],
      to: [REQUESTER, 'owner'],
    });
    expect(attachedTo(at)).toEqual([]);
  });

  it('of who is listed no more counts from when it was sent', async () => {
    await send(at, REDIS);
    at.clock.advance(HOUR);
    const settings = { ...at.settings, requesters: { requesters: [], clients: [] } };
    const done = await send({ ...at, settings }, { owner: CLOSE });
    expect(done.record['dms-closed']).toContain(new Date(at.clock.now()).toISOString());
  });

  it('waits for nobody, also where grants wait for approval', async () => {
    await worldOf({ unless: { engines: ['gdb'] } });
    await send(at, { ...REDIS, engines: ['gdb'], requestId: 'r-0' });
    at.clock.advance(HOUR);
    expect(await say(CLOSE)).toMatchObject({ result: 'applied', revoked: ['gdb'] });
    expect(attachedTo(at)).toEqual([]);
  });

  it.each([
    ['moves no end where the owner approves', {}, true],
    ['takes with it the end that was given before it, elsewhere', undefined, false],
  ])('that comes late %s', async (_what, approval, isKept) => {
    const expiresAt = new Date(at.clock.now() + 24 * HOUR).toISOString();
    await send(at, { ...REDIS, expiresAt });
    at.clock.advance(HOUR);
    await send(at, { ...REDIS, requestId: 'r-2' });
    const over = approval === undefined ? {} : approving(approval);
    const now = { ...at, settings: { ...at.settings, ...over } };
    const done = await send(now, { owner: CLOSE }, { ago: HOUR / 2 });
    const ends = done.after?.map((one) => one.includes('until'));
    expect([done.result, done.engines, ends]).toEqual(['applied', ['redis'], [isKept]]);
  });

  it('has failed where a right is missing, and throws a fault of ours', async () => {
    expect(await say(CLOSE, failing(missing))).toMatchObject({ ...FAILED, to: [REQUESTER, 'owner'] });
    await expect(say(CLOSE, failing(new TypeError('ours')))).rejects.toThrow('ours');
  });
});

describe('a word that cannot be read', () => {
  it.each([[{}], [{ close: { requesterUid: 'x', access: 'register' } }], ['no']])(
    'is refused: %j',
    async (owner) => {
      expect(await send(at, { owner })).toMatchObject({
        result: 'rejected',
        to: ['owner'],
        problem: { code: 'invalid-request' },
        writes: 0,
      });
    },
  );
});

describe('a role that is kept', () => {
  it('has to grant something', async () => {
    await send(at, REDIS);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    expect(await say(KEEP)).toMatchObject({
      result: 'rejected',
      problem: {
        code: 'invalid-request',
        detail: `${ROLE} grants nothing, so there is nothing to keep; ask for a grant.`,
      },
    });
  });

  it('has to be ours, and in this account', async () => {
    await send(at, REDIS);
    at.clock.advance(HOUR);
    expect((await say(KEEP, { identity: { accountId: async () => '7' } })).problem).toMatchObject({
      code: 'wrong-account',
      detail: expect.stringContaining(OWNER),
    });
    roleOf(at)?.tags.delete('managed-by');
    expect((await say(KEEP)).problem).toMatchObject({
      code: 'role-not-owned',
      detail: expect.stringMatching(new RegExp(`role ${ROLE}`)),
    });
  });

  it('needs room for its note', async () => {
    await send(at, REDIS);
    for (const [key, value] of Object.entries(tagsOfOthers(18))) roleOf(at)?.tags.set(key, value);
    at.clock.advance(HOUR);
    expect((await say(KEEP)).problem).toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringMatching(/\b21\b.*\b20\b|\b20\b.*\b21\b/),
    });
    roleOf(at)?.tags.delete('team-0');
    expect(await say(KEEP)).toMatchObject({ result: 'report', writes: 1 });
  });

  it('counts no write that RAM did not take', async () => {
    await send(at, REDIS);
    at.clock.advance(HOUR);
    const { ram } = at.provisionPorts();
    const apply = async () => 'conflict' as const;
    expect(await say(KEEP, { ram: { ...ram, apply } })).toMatchObject({ result: 'report', writes: 0 });
  });
});

describe('an answer to a request that waits', () => {
  const waiting = async () => {
    await worldOf({});
    const pending = await send(at, REDIS);
    at.clock.advance(HOUR);
    return pending;
  };

  it.each(['approve', 'deny'] as const)('%s has failed where a right is missing', async (says) => {
    const { owner } = answerTo(says, REDIS, await waiting());
    const to = says === 'approve' ? [REQUESTER, 'owner'] : ['owner'];
    expect(await say(owner, failing(missing))).toMatchObject({ ...FAILED, to });
    await expect(say(owner, failing(new TypeError('ours')))).rejects.toThrow('ours');
  });

  it('is refused where the request may not be granted any more', async () => {
    const { owner } = answerTo('approve', REDIS, await waiting());
    const settings = { ...at.settings, requesters: { requesters: [], clients: [] } };
    const done = await send({ ...at, settings }, { owner });
    expect(done).toMatchObject({
      result: 'rejected',
      to: ['owner'],
      problem: { code: 'requester-not-allowed' },
    });
  });

  it.each([
    [{ ...REDIS, action: 'revoke' }],
    [{ requesterUid: REQUESTER, action: 'verify', requestId: 'r-1' }],
  ])('is refused where the request changes nothing that waits: %j', async (request) => {
    const { owner } = answerTo('approve', request, await waiting());
    expect(await say(owner)).toMatchObject({
      result: 'rejected',
      to: ['owner'],
      problem: {
        code: 'invalid-request',
        detail: expect.stringContaining('the request of the answer asks for no change'),
      },
    });
    expect(attachedTo(at)).toEqual([]);
  });
});
