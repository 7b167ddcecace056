import { beforeEach, describe, expect, it } from 'vitest';
import { assumeAsService } from '../../local/cloud/sts/index.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { type Millis, millis } from '../../shared/runtime/millis.ts';
import { readUseMark } from '../../shared/sweep/use-mark.ts';
import type { Trail, TrailFault } from '../../shared/trail-port.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct, topicOf } from '../kit/direct.ts';
import { requesterAs } from '../kit/requester.ts';
import { ROLE, roleOf, VERIFY_ROLE } from '../kit/roles.ts';
import { type Sweeper, sweepDyingEverywhere, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR, MINUTE } from '../kit/time.ts';

let at: Direct;
let sweeping: Sweeper;
/** What the next readings fail with. */
let fault: TrailFault | null;
/** Up to when the next readings come at the most. */
let atMost: Millis;

const worldOf = async (unusedDays: number | null) => {
  fault = null;
  atMost = millis(Number.MAX_SAFE_INTEGER);
  const requester = requesterAs({ uid: REQUESTER, unusedDays, topics: [topicOf(REQUESTER)] });
  at = await direct(true, { heal: false, requesters: { requesters: [requester], clients: [] } });
  const trail: Trail = {
    async read(search, take) {
      if (fault !== null) return { reached: search.from, fault };
      const found = await at.trail().read(search, take);
      return { ...found, reached: millis(Math.min(found.reached, atMost)) };
    },
  };
  sweeping = sweeper(at, trail);
  await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'], reference: 'OPS-42' });
};
beforeEach(() => worldOf(10));

const enter = (service = `${REQUESTER}@dms.aliyuncs.com`) =>
  assumeAsService(at.world, {
    service,
    roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
    sessionName: 'dms',
    durationSeconds: 900,
  });
const notes = () => readNotes(roleOf(at)?.tags ?? new Map());
const usedOn = () => {
  const { usedAt } = notes();
  return usedAt === null ? null : new Date(usedAt).toISOString().slice(0, 10);
};
const today = () => new Date(at.clock.now()).toISOString().slice(0, 10);
const mark = () => readUseMark(at.owner.ram.findRole(VERIFY_ROLE)?.tags ?? new Map());
const told = () => sweeping.replies.filter(({ data }) => data.requestId.startsWith('unused:'));
const ids = () => new Set(told().map(({ id }) => id)).size;
const days = async (count: number) => {
  for (let n = 0; n < count * 2; n += 1) {
    at.clock.advance(DAY / 2);
    await sweeping.runAndDeliver();
  }
};

describe('the last use of a role', () => {
  it('is the day on which DMS assumed it; our own tests are none, nor is a refused try', async () => {
    await sweeping.runAndDeliver();
    expect(usedOn()).toBeNull();
    expect(() => enter('2@dms.aliyuncs.com')).toThrow(/not authorized/);
    await days(2);
    expect(usedOn()).toBeNull();
    enter();
    const day = today();
    await sweeping.runAndDeliver();
    expect(usedOn()).toBe(day);
    expect(notes().reference).toBe('OPS-42');
  });

  it('is written once a day, however often the role is used', async () => {
    await sweeping.runAndDeliver();
    enter();
    await sweeping.runAndDeliver();
    const remembers = () =>
      sweeping.asked.filter((one) => 'remember' in one && one.remember.roles[0] === ROLE);
    enter();
    at.clock.advance(MINUTE);
    await sweeping.run();
    expect(remembers()).toEqual([]);
    at.clock.advance(DAY);
    enter();
    await sweeping.run();
    expect(remembers()).toHaveLength(1);
  });

  it('is looked for from where the last sweep stopped, the late half hour again', async () => {
    const start = at.clock.now();
    await sweeping.runAndDeliver();
    expect(mark()).toEqual({ from: start - DAY, until: start - 30 * MINUTE, fault: null });
    at.clock.advance(HOUR);
    atMost = millis(start);
    await sweeping.runAndDeliver();
    expect(mark()).toEqual({ from: start - DAY, until: start, fault: null });
  });

  it('begins anew where more was missed than ActionTrail keeps', async () => {
    await sweeping.runAndDeliver();
    at.clock.advance(100 * DAY);
    const now = at.clock.now();
    await sweeping.runAndDeliver();
    expect(mark()?.from).toBe(now - DAY);
  });
});

describe('a role that nobody uses', () => {
  it('is told of once, to requester and owner, and nothing is taken away', async () => {
    await days(10);
    expect(told()).toEqual([]);
    await days(20);
    expect(told()).toHaveLength(2);
    expect(ids()).toBe(1);
    expect(told()[0]).toMatchObject({
      type: 'dms-handshake.access.review-due.v1',
      subject: REQUESTER,
      data: { status: 'review-due', engines: ['redis'], reference: 'OPS-42', problem: null },
    });
    expect(told()[0]?.data.prerequisites[0]).toContain('has not assumed this role for 10 days and more');
    expect(roleOf(at)?.attachments).toHaveLength(1);
  });

  it('is told of anew only where it was used, and then not for as long again', async () => {
    await days(12);
    expect(ids()).toBe(1);
    enter();
    const day = today();
    await days(10);
    expect(ids()).toBe(1);
    await days(3);
    expect(ids()).toBe(2);
    expect(told().at(-1)?.data.prerequisites[0]).toContain(`last on ${day}`);
  });

  it('is told of with one id, whatever call of a sweep dies, and of nobody without unusedDays', async () => {
    await days(10);
    at.clock.advance(2 * DAY);
    await sweepDyingEverywhere(sweeping);
    await sweeping.deliver();
    expect(ids()).toBe(1);
    await worldOf(null);
    await days(30);
    expect(told()).toEqual([]);
  });

  it('is not told of for days that nobody has looked at', async () => {
    fault = { code: 'NoPermission', isDenied: true, text: 'no right' };
    await days(30);
    expect(told()).toEqual([]);
    fault = null;
    await days(1);
    expect(ids()).toBe(1);
  });

  it('is noted by the clock of provision, and only where provision finds it due itself', async () => {
    const ask = { remember: { roles: [ROLE], tags: { 'dms-notes': 'idle:zzzzzzzz' } } };
    sweeping.asked.push(ask);
    await sweeping.deliver();
    expect(notes().idleAt).toBeNull();
    at.clock.advance(11 * DAY);
    sweeping.asked.push(ask);
    await sweeping.deliver();
    expect(notes()).toMatchObject({ idleAt: at.clock.now(), usedAt: null, reference: 'OPS-42' });
  });
});

describe('where ActionTrail cannot be read', () => {
  it('the sweep goes on, says so, and remembers why, once', async () => {
    fault = {
      code: 'NoPermission',
      isDenied: true,
      text: 'ActionTrail LookupEvents: NoPermission (HTTP 403)',
    };
    const swept = await sweeping.runAndDeliver();
    expect(swept).toMatchObject({ roles: 1, failed: 0, unread: fault.text });
    expect(mark()?.fault).toBe('denied');
    await sweeping.run();
    expect(sweeping.asked).toEqual([]);
  });

  it('a fault of another kind keeps its code, and what was read stays', async () => {
    await sweeping.runAndDeliver();
    const until = mark()?.until;
    fault = { code: 'throttled', isDenied: false, text: 'x' };
    at.clock.advance(HOUR);
    await sweeping.runAndDeliver();
    expect(mark()).toMatchObject({ until, fault: 'throttled' });
    fault = null;
    const now = at.clock.now();
    await sweeping.runAndDeliver();
    expect(mark()).toMatchObject({ until: now - 30 * MINUTE, fault: null });
  });

  it('without the right of verify’s role it is the right that is missing', async () => {
    await at.byHand('DetachPolicyFromRole', {
      PolicyType: 'Custom',
      PolicyName: VERIFY_ROLE,
      RoleName: VERIFY_ROLE,
    });
    const read = await at
      .trail()
      .read(
        { name: 'AssumeRole', from: at.clock.now(), to: at.clock.now(), until: at.clock.now() },
        () => undefined,
      );
    expect(read.fault).toMatchObject({ isDenied: true, code: 'NoPermission' });
  });
});
