import { beforeEach, describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { attach, detach } from '../../kit/by-hand.ts';
import { type Direct, direct, REQUESTERS, topicOf } from '../../kit/direct.ts';
import { ROLE, roleOf, VERIFY_ROLE } from '../../kit/roles.ts';
import { type OnCall, type Sweeper, sweeper } from '../../kit/sweeper.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../kit/time.ts';

/** One sweep after the other: its figures, what it asks provision for, and how it goes by its time. */
let at: Direct;
let sweeping: Sweeper;
const worldOf = async (over: Parameters<typeof direct>[1] = {}) => {
  at = await direct(true, { heal: false, ...over });
  sweeping = sweeper(at);
};
beforeEach(() => worldOf());

const grant = (requesterUid = REQUESTER, more: object = {}) =>
  sweeping.request({ requesterUid, engines: ['redis'], ...more });
const CLEAN = {
  roles: 1,
  failed: 0,
  unjudged: 0,
  trouble: null,
  unmanaged: 0,
  gone: 0,
  policies: 1,
  asked: 0,
  changed: 0,
  notices: 0,
  unread: null,
  unconfirmed: 0,
  narrowed: 0,
  repairable: 0,
  repairs: 0,
  refused: false,
  after: null,
};
/** The pauses of a second and more, in seconds: the others keep the calls apart. */
const pauses = () => at.clock.waits.filter((ms) => ms >= SECOND / 2).map((ms) => Math.round(ms / SECOND));
const settled = async () => {
  await grant();
  at.clock.advance(HOUR);
  await sweeping.runAndDeliver();
  at.clock.advance(HOUR);
  at.clock.waits.length = 0;
};

describe('the figures of a sweep', () => {
  it('of a role that is right', async () => {
    await settled();
    expect(await sweeping.run()).toEqual(CLEAN);
    expect([sweeping.asked, sweeping.replies, pauses()]).toEqual([[], [], []]);
  });

  it('of one that somebody has changed, of one that lost our tag, and of one that is gone', async () => {
    for (const uid of REQUESTERS) await grant(uid);
    at.clock.advance(HOUR);
    await sweeping.runAndDeliver();
    const [, second = '', third = ''] = REQUESTERS.map((uid) => `dms-cross-account-${uid}`);
    await attach(at);
    roleOf(at, second)?.tags.delete('managed-by');
    await at.byHand('DetachPolicyFromRole', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      PolicyType: 'Custom',
      RoleName: third,
    });
    await at.byHand('DeleteRole', { RoleName: third });
    at.clock.advance(HOUR);
    const figures = { failed: 1, unmanaged: 1, gone: 1, changed: 3, repairable: 1 };
    expect(await sweeping.run()).toEqual({ ...CLEAN, ...figures });
    expect(sweeping.addressees.slice(-3)).toEqual([REQUESTER, 'owner', REQUESTERS[2]]);
    await sweeping.deliver();
    at.clock.advance(HOUR);
    const { changed, gone } = await sweeping.run();
    expect([changed, gone]).toEqual([0, 0]);
  });

  it('of an account that is another is none', async () => {
    await grant();
    const other = sweeper({
      ...at,
      verifyPorts: () => ({ ...at.verifyPorts(), identity: { accountId: async () => '7' } }),
    });
    await expect(other.run()).rejects.toThrow(TerminalError);
    await expect(other.run()).rejects.toThrow('account 7');
    await expect(other.run()).rejects.toMatchObject({ code: 'wrong-account' });
    expect(other.calls).toEqual(['GetCallerIdentity']);
  });

  const failing =
    (name: string): OnCall =>
    (operation, subject) => {
      if (operation === 'GetRole' && subject === name) throw new TerminalError('internal', `RAM GetRole: no`);
    };

  it('of a role that cannot be looked at name it, with the reason', async () => {
    for (const uid of REQUESTERS) await grant(uid);
    const swept = await sweeping.run({ onCall: failing(ROLE) });
    expect(swept).toMatchObject({ roles: 2, unjudged: 1, trouble: `${ROLE}: RAM GetRole: no` });
  });

  it('of roles of which none can be looked at are none: the sweep fails', async () => {
    await grant();
    await expect(sweeping.run({ onCall: failing(ROLE) })).rejects.toThrow('RAM GetRole: no');
  });
});

describe('what is due', () => {
  const tag = (key: string, value: string) => roleOf(at)?.tags.set(key, value);
  const iso = (time: number) => new Date(time).toISOString();

  it('is asked for where a grant has run out, and the role is judged all the same', async () => {
    await grant(REQUESTER, { expiresAt: iso(at.clock.now() + HOUR) });
    at.clock.advance(HOUR);
    expect(await sweeping.run()).toMatchObject({ asked: 1, roles: 1, failed: 0 });
    expect(sweeping.asked[0]).toEqual({ role: ROLE, expired: ['redis'] });
  });

  it('is asked for where nobody has answered a request that waits', async () => {
    await grant();
    const asked = at.clock.now();
    tag('dms-notes', `ask:${asked.toString(36)}~${'d'.repeat(43)}~r-1`);
    at.clock.advance(20 * HOUR - 1);
    expect((await sweeping.run()).asked).toBe(0);
    at.clock.advance(SECOND);
    sweeping.asked.length = 0;
    expect(await sweeping.run()).toMatchObject({ asked: 1, roles: 1 });
    expect(sweeping.asked[0]).toEqual({ role: ROLE, expired: [], unanswered: true });
  });

  it('is asked for where a role was closed a day ago, which nobody looks at any more', async () => {
    await grant();
    await sweeping.request({ requesterUid: REQUESTER, action: 'revoke' });
    at.clock.advance(DAY);
    expect((await sweeping.run()).roles).toBe(1);
    at.clock.advance(SECOND);
    sweeping.asked.length = 0;
    expect(await sweeping.run()).toMatchObject({ roles: 0, asked: 2, policies: 1 });
    expect(sweeping.asked).toEqual(
      expect.arrayContaining([{ role: ROLE, expired: [] }, { policy: 'DmsCrossAccountPolicy-redis' }]),
    );
    expect(sweeping.calls).not.toContain(`GetRole ${ROLE}`);
  });
});

describe('notices', () => {
  it('are counted whatever they are about: ends, reviews, emergencies and roles that nobody uses', async () => {
    const listed = {
      uid: REQUESTER,
      name: 'a',
      engines: '*',
      access: ['register'],
      topics: [topicOf(REQUESTER)],
    };
    const rules = { noticeDays: [7], reviewDays: 30, unusedDays: 10 };
    await worldOf({ requesters: readRequesters(JSON.stringify({ requesters: [{ ...listed, ...rules }] })) });
    const start = at.clock.now();
    await grant(REQUESTER, { expiresAt: new Date(start + 37 * DAY).toISOString() });
    const [since, until] = [start, start + HOUR].map((time) => new Date(time).toISOString());
    roleOf(at)?.tags.set('dms-break-glass', `${since} until ${until} ${'d'.repeat(43)} it burns`);
    const mark = `from:${start.toString(36)} until:${(start + 30 * DAY).toString(36)}`;
    roleOf(at, VERIFY_ROLE)?.tags.set('dms-last-use', mark);
    sweeping = sweeper(at, { read: async ({ to }) => ({ reached: to, fault: null }) });
    at.clock.advance(31 * DAY);
    expect((await sweeping.run()).notices).toBe(4);
    expect(sweeping.replies.map(({ data }) => data.status).sort()).toEqual([
      'expiring',
      'expiring',
      ...Array.from({ length: 6 }, () => 'review-due'),
    ]);
  });
});

describe('a repair', () => {
  const UIDS = Array.from({ length: 10 }, (_, n) => String(1_000_000_000_000_020 + n));
  const many = async (heal: boolean, broken: number) => {
    const listed = UIDS.map((uid) => ({
      uid,
      name: uid,
      engines: '*',
      access: ['register'],
      topics: [topicOf(uid)],
    }));
    await worldOf({ heal, requesters: readRequesters(JSON.stringify({ requesters: listed })) });
    for (const uid of UIDS) await grant(uid);
    for (const uid of UIDS.slice(0, broken)) await attach(at, `dms-cross-account-${uid}`);
    at.clock.advance(HOUR);
    const swept = await sweeping.run();
    return { swept, repairs: sweeping.asked.filter((one) => 'role' in one) };
  };
  const named = (count: number) =>
    UIDS.slice(0, count).map((uid) => ({ role: `dms-cross-account-${uid}`, expired: [], repair: true }));

  it.each([
    [true, 3, { repairable: 3, repairs: 3, refused: false }, 3],
    [true, 4, { repairable: 4, repairs: 0, refused: true }, 0],
    [true, 0, { repairable: 0, repairs: 0, refused: false }, 0],
    [false, 3, { repairable: 3, repairs: 0, refused: false }, 0],
    [false, 4, { repairable: 4, repairs: 0, refused: false }, 0],
  ])('with HEAL %s, of %i in ten: %j', async (heal, broken, figures, asked) => {
    const { swept, repairs } = await many(heal, broken);
    expect(swept).toMatchObject({ roles: 10, ...figures });
    expect(repairs).toEqual(named(asked));
  });

  it('of few is made where all roles were looked at, and not after a part of them', async () => {
    await worldOf({ heal: true });
    for (const uid of REQUESTERS) await grant(uid);
    at.clock.advance(HOUR);
    await attach(at);
    await attach(at, `dms-cross-account-${REQUESTERS[1]}`);
    expect((await sweeping.run({ after: ROLE })).repairs).toBe(0);
    expect((await sweeping.run()).repairs).toBe(2);
  });
});

describe('what looks wrong', () => {
  it('is looked at again after a second where nothing was written lately', async () => {
    await settled();
    await attach(at);
    expect(await sweeping.run()).toMatchObject({ failed: 1, changed: 1 });
    expect(pauses()).toEqual([1]);
  });

  it('is looked at until its last change can be seen', async () => {
    await settled();
    await grant(REQUESTER, { engines: ['redis', 'gdb'] });
    await attach(at);
    at.clock.advance(30 * SECOND);
    at.clock.waits.length = 0;
    expect((await sweeping.run()).failed).toBe(1);
    expect(pauses()).toEqual([1, 4, 16, 39]);
  });

  it('is no fault once it is right', async () => {
    await settled();
    await grant(REQUESTER, { engines: ['redis', 'gdb'] });
    await attach(at);
    at.clock.advance(30 * SECOND);
    at.clock.waits.length = 0;
    let looks = 0;
    const onCall: OnCall = (operation) => {
      if (operation === 'ListPoliciesForRole') looks += 1;
      if (looks === 3) detach(at).catch(() => undefined);
    };
    expect(await sweeping.run({ onCall })).toMatchObject({ failed: 0, changed: 0 });
    expect(pauses()).toEqual([1, 4]);
  });

  it('as it did before is not looked at again', async () => {
    await settled();
    await attach(at);
    await sweeping.runAndDeliver();
    at.clock.advance(HOUR);
    at.clock.waits.length = 0;
    expect(await sweeping.run()).toMatchObject({ failed: 1, changed: 0 });
    expect(pauses()).toEqual([]);
  });

  it('and is gone from sight when it is looked at again counts once', async () => {
    await settled();
    await attach(at);
    let looks = 0;
    const onCall: OnCall = (operation) => {
      if (operation !== 'GetRole') return;
      looks += 1;
      if (looks === 2) throw new TerminalError('internal', 'RAM GetRole: no');
    };
    expect(await sweeping.run({ onCall })).toMatchObject({ failed: 0, unjudged: 1 });
  });

  it('is told of when a third of the time is over, whatever may still be on its way', async () => {
    await settled();
    await grant(REQUESTER, { engines: ['redis', 'gdb'] });
    await attach(at);
    at.clock.waits.length = 0;
    expect((await sweeping.run({ minutes: 1 })).failed).toBe(1);
    expect(pauses()).toEqual([1, 4, 15]);
    expect(sweeping.calls.filter((call) => call === `GetRole ${ROLE}`)).toHaveLength(4);
  });

  it('gets ten seconds where a grant has run out, for upkeep', async () => {
    await grant(REQUESTER, { expiresAt: new Date(at.clock.now() + HOUR).toISOString() });
    at.clock.advance(HOUR);
    await attach(at);
    at.clock.waits.length = 0;
    expect((await sweeping.run()).failed).toBe(1);
    // Its end was the last change: a minute after that everything can be seen.
    expect(pauses()).toEqual([1, 4, 16, 39]);
    await worldOf({ patienceMs: 0 });
    await grant(REQUESTER, { expiresAt: new Date(at.clock.now() + HOUR).toISOString() });
    at.clock.advance(HOUR);
    await attach(at);
    at.clock.waits.length = 0;
    expect((await sweeping.run()).failed).toBe(1);
    expect(pauses()).toEqual([1, 4, 5]);
  });

  it('and cannot be looked at again is left to the next sweep', async () => {
    await settled();
    await attach(at);
    const onCall: OnCall = (operation) => {
      if (operation === 'ListTagResources') throw new TerminalError('internal', 'RAM ListTagResources: no');
    };
    expect(await sweeping.run({ onCall })).toMatchObject({
      roles: 1,
      failed: 0,
      unjudged: 1,
      trouble: `${ROLE}: RAM ListTagResources: no`,
    });
  });
});

describe('the time of a sweep', () => {
  const taking = async (seconds: number, minutes: number, patienceMs: number) => {
    await worldOf({ patienceMs });
    for (const uid of REQUESTERS) await grant(uid);
    const onCall: OnCall = (operation) => {
      if (operation === 'ListRoles') at.clock.advance(seconds * SECOND);
    };
    const { after, roles } = await sweeping.run({ onCall, minutes });
    return { after, roles, asked: sweeping.asked.filter((one) => 'sweep' in one) };
  };
  const first = ROLE;

  it.each([
    ['ten minutes, but for settling and the end', 10, MINUTE, 525],
    ['at least ten seconds for settling', 10, 0, 575],
    ['half a minute, a third of it each', 0.5, MINUTE, 10],
  ])('is %s: then it goes on another time', async (_what, minutes, patienceMs, seconds) => {
    expect(await taking(seconds - 0.001, minutes, patienceMs)).toEqual({ after: null, roles: 3, asked: [] });
    expect(await taking(seconds, minutes, patienceMs)).toEqual({
      after: first,
      roles: 1,
      asked: [{ sweep: { after: first } }],
    });
  });

  it('that is over leaves policies, and what was told of roles that it has not come to', async () => {
    for (const uid of REQUESTERS) await grant(uid);
    const last = `dms-cross-account-${REQUESTERS[2]}`;
    roleOf(at, VERIFY_ROLE)?.tags.set('dms-strangers', `${ROLE} ${last}`);
    const onCall: OnCall = (operation) => {
      if (operation === 'ListRoles') at.clock.advance(525 * SECOND);
    };
    expect(await sweeping.run({ onCall })).toMatchObject({ roles: 1, policies: 0, after: ROLE });
    expect(sweeping.calls).not.toContain('ListPolicies');
    const told = sweeping.asked.flatMap((one) => ('remember' in one ? [one.remember] : []));
    expect(told).toContainEqual(
      expect.objectContaining({
        roles: [VERIFY_ROLE],
        tags: expect.objectContaining({ 'dms-strangers': last }),
      }),
    );
  });

  it('of an account where nothing can be remembered is spent as well', async () => {
    await worldOf({ verifyRole: 'another' });
    await grant();
    expect((await sweeping.run()).roles).toBe(1);
  });

  it('of a later part is spent neither on what is gone nor on who used the roles', async () => {
    let reads = 0;
    sweeping = sweeper(at, {
      read: async ({ to }) => {
        reads += 1;
        return { reached: to, fault: null };
      },
    });
    for (const uid of REQUESTERS) await grant(uid);
    await sweeping.runAndDeliver();
    const RoleName = `dms-cross-account-${REQUESTERS[2]}`;
    await at.byHand('DetachPolicyFromRole', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      PolicyType: 'Custom',
      RoleName,
    });
    await at.byHand('DeleteRole', { RoleName });
    at.clock.advance(HOUR);
    reads = 0;
    expect((await sweeping.run({ after: ROLE })).gone).toBe(0);
    expect(reads).toBe(0);
    expect((await sweeping.run()).gone).toBe(1);
    expect(reads).toBe(1);
  });

  it('of a later part is spent on roles alone', async () => {
    for (const uid of REQUESTERS) await grant(uid);
    roleOf(at, `dms-cross-account-${REQUESTERS[2]}`)?.tags.delete('managed-by');
    at.clock.advance(HOUR);
    const swept = await sweeping.run({ after: ROLE });
    expect(swept).toMatchObject({ roles: 1, unmanaged: 1, gone: 0, changed: 0, after: null });
    expect(sweeping.replies).toEqual([]);
  });
});
