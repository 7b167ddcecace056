import { beforeEach, describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../shared/runtime/errors.ts';
import { readNames, TOLD_NAMES_TAG } from '../../shared/sweep/told-names.ts';
import { readVerdict, VERDICT_TAG } from '../../shared/verification/verdict.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { attach, detach, tagByHand, untagByHand } from '../kit/by-hand.ts';
import { type Direct, direct, REQUESTERS } from '../kit/direct.ts';
import { requesterAs } from '../kit/requester.ts';
import { ROLE, roleOf, VERIFY_ROLE } from '../kit/roles.ts';
import { type Sweeper, sweeper } from '../kit/sweeper.ts';
import { checksThat } from '../kit/test-cloud.ts';
import { DAY, HOUR, MINUTE } from '../kit/time.ts';

const [, SECOND = '', THIRD = ''] = REQUESTERS;

let at: Direct;
let sweeping: Sweeper;

beforeEach(async () => {
  at = await direct(true, { heal: false });
  sweeping = sweeper(at);
});

const grant = (requesterUid = REQUESTER, ...engines: string[]) =>
  sweeping.request({ requesterUid, engines: engines.length === 0 ? ['redis', 'lindorm'] : engines });
/** Lets an hour pass, then sweeps; answers the replies. */
const nextSweep = async () => {
  at.clock.advance(HOUR);
  sweeping.replies.length = 0;
  const swept = await sweeping.runAndDeliver();
  return { swept, replies: [...sweeping.replies] };
};
const trustAlso = async (principal: string) => {
  const trust = JSON.parse(roleOf(at)?.trust ?? '');
  trust.Statement.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [principal] } });
  await at.byHand('UpdateRole', { RoleName: ROLE, NewAssumeRolePolicyDocument: JSON.stringify(trust) });
};
const verdictTag = (name = ROLE) => readVerdict(roleOf(at, name)?.tags ?? new Map());

describe('what the sweep tells', () => {
  it('nothing about a role that is right, however often; its first verdict is remembered once', async () => {
    await grant();
    expect((await nextSweep()).replies).toEqual([]);
    const first = verdictTag();
    expect(first).toMatchObject({ status: 'verified', checks: [] });
    at.writes.length = 0;
    for (let hour = 0; hour < 30; hour += 1) expect((await nextSweep()).replies).toEqual([]);
    expect([at.writes, verdictTag()]).toEqual([[], first]);
  });

  it('a change once: what failed, what it was before, what to do; and once that it is over', async () => {
    await grant();
    await nextSweep();
    const since = new Date(verdictTag()?.at ?? 0).toISOString();
    await attach(at);
    const { replies, swept } = await nextSweep();
    expect(swept).toMatchObject({ roles: 1, failed: 1, changed: 1, repairable: 1, repairs: 0 });
    expect(replies).toHaveLength(1);
    const [reply] = replies;
    expect(reply).toMatchObject({
      type: 'dms-handshake.access.changed.v1',
      subject: REQUESTER,
      correlationid: `sweep:${ROLE}:${since}`,
      data: {
        status: 'changed',
        roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
        engines: ['lindorm', 'redis'],
        assurance: 'assumed',
        problem: { code: 'verification-failed' },
      },
    });
    expect(reply?.data.requestId).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
    expect(reply === undefined ? [] : checksThat(reply, 'fail')).toEqual(['policies-attached']);
    expect(reply?.data.problem?.detail).toContain(
      `from verified since ${since} to failed: policies-attached`,
    );
    expect(reply?.data.checks.find(({ id }) => id === 'policies-attached')?.fix).not.toBeNull();
    expect(verdictTag()).toMatchObject({ status: 'failed', checks: ['policies-attached'] });
    expect((await nextSweep()).replies).toEqual([]);

    await trustAlso('acs:ram::3333333333333333:root');
    expect((await nextSweep()).replies.map(({ data }) => data.problem?.detail)).toEqual([
      expect.stringMatching(/^from failed since .* \(policies-attached\) to failed: trust-closed/),
    ]);
    expect((await nextSweep()).replies).toEqual([]);

    await detach(at);
    await grant();
    const over = (await nextSweep()).replies;
    expect(over.map(({ data }) => [data.status, data.problem])).toEqual([['changed', null]]);
    expect(over[0]?.data.checks.find(({ id }) => id === 'trust-closed')?.detail).toContain(
      'was failed since',
    );
    expect((await nextSweep()).replies).toEqual([]);
  });

  it('the same to whoever asks twice before it is remembered: copies share an id', async () => {
    await grant();
    await nextSweep();
    await attach(at);
    at.clock.advance(HOUR);
    await sweeping.run();
    at.clock.advance(MINUTE);
    await sweeping.run();
    const [one, other, ...more] = sweeping.replies;
    expect(more).toEqual([]);
    expect([one?.id, one?.correlationid]).toEqual([other?.id, other?.correlationid]);
    await sweeping.deliver();
    expect(verdictTag()).toMatchObject({ status: 'failed' });
  });

  it('a role that comes to be failed before it had a verdict', async () => {
    await grant();
    await attach(at);
    const { replies } = await nextSweep();
    expect(replies.map(({ data }) => data.problem?.detail)).toEqual([
      expect.stringContaining('from no verdict yet to failed'),
    ]);
  });

  it('a role of ours that lost its tag, once; it is not touched, and told of when it has it again', async () => {
    await grant();
    await nextSweep();
    await untagByHand(at, ROLE, ['managed-by']);
    at.writes.length = 0;
    const { replies, swept } = await nextSweep();
    expect(swept).toMatchObject({ roles: 0, unmanaged: 1, changed: 1 });
    expect(replies.map(({ data }) => data.checks)).toEqual([
      [expect.objectContaining({ id: 'ownership', status: 'fail' })],
    ]);
    expect(replies[0]?.data).toMatchObject({ requesterUid: REQUESTER, engines: ['lindorm', 'redis'] });
    expect(replies[0]?.data.problem?.detail).toContain('has lost the tag managed-by=dms-handshake');
    expect(at.writes).toEqual(['TagResources']);
    expect(readNames(roleOf(at, VERIFY_ROLE)?.tags.get(TOLD_NAMES_TAG))).toEqual([ROLE]);
    expect((await nextSweep()).replies).toEqual([]);

    await tagByHand(at, ROLE, 'managed-by', 'dms-handshake');
    const back = await nextSweep();
    expect(back.replies.map(({ data }) => [data.status, data.problem])).toEqual([['changed', null]]);
    expect(readNames(roleOf(at, VERIFY_ROLE)?.tags.get(TOLD_NAMES_TAG))).toEqual([]);
    expect((await nextSweep()).replies).toEqual([]);
  });

  const remove = async (name: string) => {
    for (const { policyName, policyType } of roleOf(at, name)?.attachments ?? [])
      await detach(at, name, policyName, policyType);
    await at.byHand('DeleteRole', { RoleName: name });
  };

  it('a role that somebody deleted, once, by its name; and again when it was made and deleted anew', async () => {
    for (const uid of REQUESTERS) await grant(uid, 'redis');
    await nextSweep();
    await remove(ROLE);
    const { swept, replies } = await nextSweep();
    expect(swept).toMatchObject({ roles: 2, failed: 0, gone: 1, changed: 1 });
    expect(replies.map(({ data }) => [data.requesterUid, data.roleArn, data.engines])).toEqual([
      [REQUESTER, null, []],
    ]);
    expect(replies.flatMap((reply) => checksThat(reply, 'fail'))).toEqual(['role-exists']);
    expect(replies[0]?.data.problem?.detail).toMatch(
      /was there in the sweep of 2026-11-23T11:00:.*deleted it/,
    );
    at.writes.length = 0;
    expect(await nextSweep()).toMatchObject({ swept: { gone: 0 }, replies: [] });
    expect(at.writes).toEqual([]);

    await grant();
    expect((await nextSweep()).replies).toEqual([]);
    await remove(ROLE);
    const again = (await nextSweep()).replies;
    expect(again).toHaveLength(1);
    expect(again[0]?.id).not.toBe(replies[0]?.id);
  });

  it('of deleted roles the same to whoever asks before it is remembered', async () => {
    await grant();
    await nextSweep();
    await remove(ROLE);
    sweeping.replies.length = 0;
    await sweeping.run();
    at.clock.advance(MINUTE);
    await sweeping.run();
    expect(new Set(sweeping.replies.map(({ id }) => id)).size).toBe(1);
    expect(sweeping.replies).toHaveLength(2);
  });

  it('nothing of roles that go as they should: closed by a revoke, ended, and deleted a day later', async () => {
    await grant();
    await sweeping.request({
      requesterUid: SECOND,
      engines: ['redis'],
      expiresAt: new Date(at.clock.now() + 90 * MINUTE).toISOString(),
    });
    await nextSweep();
    await sweeping.request({ requesterUid: REQUESTER, action: 'revoke' });
    for (let hour = 0; hour < 30; hour += 1)
      for (const { data } of (await nextSweep()).replies) expect(data.status).toBe('revoked');
    expect([roleOf(at), roleOf(at, `dms-cross-account-${SECOND}`)]).toEqual([undefined, undefined]);
  });

  it('nothing of a role that is only not listed, and of more than can be named their number', async () => {
    for (const uid of REQUESTERS) await grant(uid, 'redis');
    await nextSweep();
    at.clock.advance(HOUR);
    const hidden = roleOf(at);
    at.owner.ram.roles.delete(ROLE);
    sweeping.replies.length = 0;
    const swept = await sweeping.run({
      onCall: (operation, name) => {
        if (operation === 'GetRole' && name === ROLE && hidden !== undefined)
          at.owner.ram.roles.set(ROLE, hidden);
      },
    });
    expect([swept.roles, swept.gone, sweeping.replies]).toEqual([2, 0, []]);
    await sweeping.deliver();
    expect(await nextSweep()).toMatchObject({ swept: { roles: 3, gone: 0 }, replies: [] });

    for (let n = 0; n < 60; n += 1) await copyRole(`${4_000_000 + n}`);
    await nextSweep();
    for (let n = 0; n < 60; n += 1) await remove(`dms-cross-account-${4_000_000 + n}`);
    expect((await nextSweep()).swept).toMatchObject({ roles: 3, gone: 60 });
  });

  it('roles that were never made here: our tag under another name, our name without a tag or a record', async () => {
    const AssumeRolePolicyDocument = roleOf(at, VERIFY_ROLE)?.trust ?? '';
    const ours = JSON.stringify([{ Key: 'managed-by', Value: 'dms-handshake' }]);
    const make = (RoleName: string, Tag = '[]') =>
      at.byHand('CreateRole', { RoleName, AssumeRolePolicyDocument, Tag });
    await make('somebody', ours);
    await make('dms-cross-account-77');
    await make('dms-console-access-78', ours);
    await make('unrelated');
    const { replies } = await nextSweep();
    const told = replies.map(({ data }) => [data.roleArn, data.requesterUid, data.checks[0]?.id]);
    expect(told.sort()).toEqual([
      [`acs:ram::${OWNER}:role/dms-console-access-78`, '78', 'owner-account'],
      [`acs:ram::${OWNER}:role/dms-cross-account-77`, '77', 'ownership'],
      [`acs:ram::${OWNER}:role/somebody`, null, 'ownership'],
    ]);
    const recordless = replies.find(({ data }) => data.requesterUid === '78');
    expect(recordless === undefined ? [] : checksThat(recordless, 'fail')).toContain('ownership');
    expect((await nextSweep()).replies).toEqual([]);
    at.clock.advance(3 * DAY);
    await nextSweep();
    expect(
      ['somebody', 'dms-cross-account-77', 'dms-console-access-78'].map((name) => roleOf(at, name)?.trust),
    ).toEqual(Array(3).fill(AssumeRolePolicyDocument));
  });

  it('a role whose tags are all taken is told of all the same, and not every hour', async () => {
    await grant();
    const free = 20 - (roleOf(at)?.tags.size ?? 0);
    for (let n = 0; n < free; n += 1) await tagByHand(at, ROLE, `theirs-${n}`, 'x');
    await attach(at);
    expect((await nextSweep()).swept).toMatchObject({ failed: 1, changed: 1 });
    expect((await nextSweep()).swept).toMatchObject({ failed: 1, changed: 0 });
    expect(roleOf(at)?.tags.has(VERDICT_TAG)).toBe(false);
  });

  it('an end is no drift while upkeep is on its way, and drift when it never comes', async () => {
    const expiresAt = new Date(at.clock.now() + 30 * MINUTE).toISOString();
    await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'], expiresAt });
    await grant(REQUESTER, 'gdb');
    await nextSweep();
    expect(sweeping.replies.map(({ data }) => [data.status, data.problem?.code])).toEqual([
      ['revoked', 'expired'],
    ]);
    expect((await nextSweep()).replies).toEqual([]);

    await sweeping.request({
      requesterUid: SECOND,
      engines: ['redis'],
      expiresAt: new Date(at.clock.now() + 30 * MINUTE).toISOString(),
    });
    for (let hour = 0; hour < 2; hour += 1) {
      at.clock.advance(HOUR);
      await sweeping.run();
      expect(sweeping.asked.splice(0)).toContainEqual({
        role: `dms-cross-account-${SECOND}`,
        expired: ['redis'],
      });
      expect(sweeping.replies.splice(0)).toEqual([]);
    }
    at.clock.advance(HOUR);
    await sweeping.run();
    const [late] = sweeping.replies;
    expect(late === undefined ? [] : checksThat(late, 'fail')).toEqual(['trust-dms', 'policies-attached']);
    expect(sweeping.asked).toContainEqual({ role: `dms-cross-account-${SECOND}`, expired: ['redis'] });
  });

  it('what may be an old reading is looked at again for a minute before anybody is told', async () => {
    await grant();
    await nextSweep();
    await grant(REQUESTER, 'gdb');
    await attach(at);
    sweeping.replies.length = 0;
    let looks = 0;
    await sweeping.run({
      onCall: (operation) => {
        if (operation === 'GetRole') looks += 1;
        if (operation === 'GetRole' && looks === 3) void detach(at);
      },
    });
    expect([looks, sweeping.replies]).toEqual([3, []]);
    await attach(at);
    const started = at.clock.now();
    await sweeping.run();
    expect(sweeping.replies).toHaveLength(1);
    expect(at.clock.now() - started).toBeGreaterThanOrEqual(at.settings.patienceMs - 10_000);
  });

  it('what nobody has asked about lately is looked at again at once', async () => {
    await grant();
    await nextSweep();
    at.clock.advance(HOUR);
    await attach(at);
    const started = at.clock.now();
    await sweeping.run();
    expect(sweeping.replies).toHaveLength(1);
    expect(at.clock.now() - started).toBeLessThan(2_000);
  });

  it('a role that the calls fail for does not keep the others from being judged', async () => {
    for (const uid of REQUESTERS) await grant(uid, 'redis');
    at.clock.advance(HOUR);
    const swept = await sweeping.run({
      onCall: (operation, subject) => {
        if (operation === 'GetRole' && subject.endsWith(SECOND))
          throw new RetryableError('throttled', 'test');
      },
    });
    expect(swept).toMatchObject({
      roles: 2,
      unjudged: 1,
      trouble: `dms-cross-account-${SECOND}: test`,
    });
    const nobody = sweeping.run({
      onCall: (operation) => {
        if (operation === 'GetRole') throw new TerminalError('permission-missing', 'no right');
      },
    });
    await expect(nobody).rejects.toThrow('no right');
  });

  it('nor does one that a fault of ours makes impossible to judge: it is named, and the message is not', async () => {
    for (const uid of REQUESTERS) await grant(uid, 'redis');
    at.clock.advance(HOUR);
    const swept = await sweeping.run({
      onCall: (operation, subject) => {
        if (operation === 'GetRole' && subject.endsWith(REQUESTER)) throw new TypeError('with a secret');
      },
    });
    expect(swept).toMatchObject({ roles: 2, unjudged: 1, trouble: `${ROLE}: TypeError` });
    expect(JSON.stringify(swept)).not.toContain('secret');
  });

  it('nothing at all in another account', async () => {
    await grant();
    at = { ...at, settings: { ...at.settings, ownerUid: '9' } };
    sweeping = sweeper(at);
    await expect(sweeping.run()).rejects.toThrow('belong to account');
    expect([sweeping.asked, sweeping.replies]).toEqual([[], []]);
  });
});

describe('what the sweep asks to be repaired', () => {
  const drift = async () => {
    await attach(at);
    await trustAlso('acs:ram::3333333333333333:root');
  };
  const heal = async () => {
    const { settings } = at;
    at = { ...at, settings: { ...settings, heal: true } };
    sweeping = sweeper(at);
  };

  it('nothing, unless HEAL is true; upkeep of an ended grant leaves drift alone', async () => {
    const expiresAt = new Date(at.clock.now() + 90 * MINUTE).toISOString();
    await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'], expiresAt });
    await grant(REQUESTER, 'gdb');
    await drift();
    await nextSweep();
    await nextSweep();
    const role = roleOf(at);
    expect(role?.attachments.map(({ policyName }) => policyName).sort()).toEqual([
      'AdministratorAccess',
      'DmsCrossAccountPolicy-gdb',
    ]);
    expect(role?.trust).toContain('3333333333333333');
  });

  it('a repair that somebody else asks for is not made, unless HEAL is true', async () => {
    await grant();
    await drift();
    sweeping.asked.push({ role: ROLE, expired: [], repair: true });
    at.writes.length = 0;
    await sweeping.deliver();
    expect(at.writes).toEqual([]);
    await heal();
    sweeping.asked.push({ role: ROLE, expired: [], repair: true });
    await sweeping.deliver();
    expect(roleOf(at)?.trust).not.toContain('3333333333333333');
  });

  it('one pass mends all that is ours, and leaves what is not', async () => {
    await heal();
    for (const uid of REQUESTERS) await grant(uid, 'redis', 'gdb');
    await drift();
    await at.byHand('UpdateRole', { RoleName: ROLE, NewDescription: 'asked for by Ms. Wu' });
    await tagByHand(at, ROLE, 'cost-centre', '4711');
    const PolicyName = 'DmsCrossAccountPolicy-gdb-redis';
    await detach(at, `dms-cross-account-${SECOND}`, PolicyName, 'Custom');
    await at.byHand('CreatePolicyVersion', {
      PolicyName,
      PolicyDocument: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      SetAsDefault: 'true',
    });
    await nextSweep();
    const { swept } = await nextSweep();
    expect(swept).toMatchObject({ roles: 3, failed: 0, changed: 3 });
    for (const uid of REQUESTERS)
      expect(roleOf(at, `dms-cross-account-${uid}`)?.attachments.map(({ policyName }) => policyName)).toEqual(
        [PolicyName],
      );
    expect([roleOf(at)?.description, roleOf(at)?.tags.get('cost-centre')]).toEqual([
      'asked for by Ms. Wu',
      '4711',
    ]);
    expect(roleOf(at)?.trust).not.toContain('3333333333333333');
  });

  it('never a role without our tag, nor one whose record cannot be read', async () => {
    await heal();
    await grant();
    await grant(SECOND, 'redis');
    await grant(THIRD, 'redis');
    const [garbled, bare] = [`dms-cross-account-${SECOND}`, `dms-cross-account-${THIRD}`];
    await untagByHand(at, ROLE, ['managed-by']);
    await tagByHand(at, garbled, 'dms-engine-redis', 'granted, I think');
    await untagByHand(at, bare, ['dms-engine-redis']);
    for (const name of [ROLE, garbled, bare]) await attach(at, name);
    await nextSweep();
    await nextSweep();
    for (const name of [ROLE, garbled, bare]) {
      sweeping.asked.push({ role: name, expired: [], repair: true });
      await sweeping.deliver();
      expect(roleOf(at, name)?.attachments).toHaveLength(2);
    }
  });

  it('more than 30% of ten roles or more: nothing, and one alarm', async () => {
    await heal();
    const names = Array.from({ length: 10 }, (_, n) => `${4_000_000 + n}`);
    for (const uid of names) await copyRole(uid);
    at.clock.advance(DAY);
    for (const uid of names.slice(0, 4)) await attach(at, `dms-cross-account-${uid}`);
    const alarmed = (await nextSweep()).swept;
    expect(alarmed).toMatchObject({ roles: 10, failed: 4, repairable: 4, repairs: 0, refused: true });
    await detach(at, `dms-cross-account-${names[0]}`);
    const { swept } = await nextSweep();
    expect(swept).toMatchObject({ roles: 10, failed: 3, repairable: 3, repairs: 3, refused: false });
    expect((await nextSweep()).swept).toMatchObject({ failed: 0 });
  });

  it('a policy that differs for all its roles is no drift; one grant mends it for all', async () => {
    await heal();
    const names = Array.from({ length: 10 }, (_, n) => `${4_000_000 + n}`);
    for (const uid of names) await copyRole(uid);
    at.clock.advance(DAY);
    await at.byHand('CreatePolicyVersion', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      PolicyDocument:
        '{"Version":"1","Statement":[{"Effect":"Allow","Action":"kvstore:Old","Resource":"*"}]}',
      SetAsDefault: 'true',
    });
    expect((await nextSweep()).swept).toMatchObject({ failed: 10, repairs: 0, refused: true });
    await grant(names[0], 'redis');
    expect((await nextSweep()).swept).toMatchObject({ roles: 10, failed: 0, changed: 10 });
  });
});

/** A role as provision would make it for another requester, of redis alone. */
async function copyRole(uid: string): Promise<void> {
  at = {
    ...at,
    settings: {
      ...at.settings,
      requesters: {
        ...at.settings.requesters,
        requesters: [...at.settings.requesters.requesters, requesterAs({ uid })],
      },
    },
  };
  sweeping = sweeper(at);
  await grant(uid, 'redis');
}

describe('a sweep that has too little time', () => {
  it('goes on where it stopped, until every role was looked at once', async () => {
    const uids = Array.from({ length: 60 }, (_, n) => `${5_000_000 + n}`);
    for (const uid of uids) await copyRole(uid);
    at.clock.advance(HOUR);
    const looked: string[] = [];
    const look = (operation: string, subject: string) => {
      if (operation === 'GetRole') looked.push(subject);
      at.clock.advance(100);
    };
    const first = await sweeping.run({ minutes: 0.1, onCall: look });
    expect(first.after).not.toBeNull();
    expect(first.roles).toBeLessThan(60);
    for (let parts = 1; sweeping.asked.some((one) => 'sweep' in one); parts += 1) {
      expect(parts).toBeLessThan(60);
      const next = sweeping.asked.splice(
        sweeping.asked.findIndex((one) => 'sweep' in one),
        1,
      );
      const [one] = next;
      if (one !== undefined && 'sweep' in one)
        await sweeping.run({ after: one.sweep.after, minutes: 0.1, onCall: look });
    }
    expect(looked.sort()).toEqual(uids.map((uid) => `dms-cross-account-${uid}`));
  });

  it('looks at one role at least, however long the listing took, and goes on after it', async () => {
    for (const uid of REQUESTERS) await grant(uid, 'redis');
    at.clock.advance(HOUR);
    const looked: string[] = [];
    const slowly = (operation: string, subject: string) => {
      if (operation === 'ListRoles') at.clock.advance(4_000);
      if (operation === 'GetRole') looked.push(subject);
    };
    const parts: (string | null)[] = [null];
    for (let part = 0; part < parts.length && part < 9; part += 1) {
      const { after } = await sweeping.run({ after: parts[part] ?? null, minutes: 0.1, onCall: slowly });
      if (after !== null) parts.push(after);
    }
    expect(looked).toEqual(REQUESTERS.map((uid) => `dms-cross-account-${uid}`));
    expect(parts).toEqual([null, ...looked.slice(0, -1)]);
  });

  it('is carried on by way of provision', async () => {
    for (const uid of REQUESTERS) await grant(uid, 'redis');
    at.clock.advance(HOUR);
    sweeping.asked.push({ sweep: { after: `dms-cross-account-${REQUESTER}` } });
    await sweeping.deliver();
    expect(verdictTag(ROLE)).toBeNull();
    expect([SECOND, THIRD].map((uid) => verdictTag(`dms-cross-account-${uid}`)?.status)).toEqual([
      'verified',
      'verified',
    ]);
  });
});

describe('a sweep that is killed', () => {
  class Killed extends Error {}

  /** Three roles, right, drifted and with an end, and a stranger; an hour has passed since. */
  const world = async () => {
    at = await direct(true, { heal: true });
    sweeping = sweeper(at);
    await grant(REQUESTER, 'redis');
    await grant(SECOND, 'redis');
    await sweeping.request({
      requesterUid: THIRD,
      engines: ['redis'],
      expiresAt: new Date(at.clock.now() + 30 * MINUTE).toISOString(),
    });
    await sweeping.runAndDeliver();
    await attach(at);
    await untagByHand(at, `dms-cross-account-${SECOND}`, ['managed-by']);
    at.clock.advance(HOUR);
    sweeping.replies.length = 0;
  };
  const end = () => ({
    roles: REQUESTERS.map((uid) => {
      const role = roleOf(at, `dms-cross-account-${uid}`);
      return [role?.attachments.map(({ policyName }) => policyName), verdictTag(role?.name)?.status];
    }),
    told: [...new Set(sweeping.replies.map(({ id }) => id))].length,
  });

  it('at any call is followed by one that finishes: every role is looked at within two', async () => {
    await world();
    await sweeping.runAndDeliver();
    await nextAfterRepair();
    const expected = end();
    expect(expected.told).toBe(4);
    await world();
    await sweeping.run();
    const calls = sweeping.calls.length;
    expect(calls).toBeGreaterThan(15);
    for (let call = 1; call <= calls; call += 1) {
      await world();
      let made = 0;
      const dying = sweeping.run({
        onCall: () => {
          made += 1;
          if (made >= call) throw new Killed();
        },
      });
      await expect(dying).rejects.toThrow(Killed);
      await sweeping.deliver();
      await sweeping.run();
      const looked = sweeping.calls.filter((one) => one.startsWith('GetRole'));
      for (const uid of [REQUESTER, THIRD]) expect(looked).toContain(`GetRole dms-cross-account-${uid}`);
      await sweeping.deliver();
      await nextAfterRepair();
      expect([call, end()]).toEqual([call, expected]);
    }
  });

  /** The sweep that finds the repair done. */
  const nextAfterRepair = async () => {
    at.clock.advance(HOUR);
    await sweeping.runAndDeliver();
  };
});
