import { beforeEach, describe, expect, it } from 'vitest';
import { replySchema } from '../../events/reply.ts';
import type { Upkeep } from '../../events/upkeep.ts';
import { provision } from '../../functions/provision/provision.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct, laneTopic, topicOf } from '../kit/direct.ts';
import { requesterAs } from '../kit/requester.ts';
import { attachedTo, CONSOLE_ROLE, ROLE, roleOf } from '../kit/roles.ts';
import { sample } from '../kit/samples.ts';
import { type Sweeper, sweepDyingEverywhere, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR } from '../kit/time.ts';

let at: Direct;
let sweeping: Sweeper;

const worldOf = async (reviewDays: number | null) => {
  const requester = requesterAs({
    uid: REQUESTER,
    access: ['register', 'console'],
    reviewDays,
    topics: [topicOf(REQUESTER)],
  });
  at = await direct(false, { heal: false, requesters: { requesters: [requester], clients: [] } });
  sweeping = sweeper(at);
  await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'], reference: 'OPS-42' });
};
beforeEach(() => worldOf(30));

const due = () => sweeping.replies.filter(({ data }) => data.status === 'review-due');
const ids = () => new Set(due().map(({ id }) => id)).size;
const notes = () => readNotes(roleOf(at)?.tags ?? new Map());
const days = async (count: number) => {
  for (let n = 0; n < count; n += 1) {
    at.clock.advance(DAY);
    await sweeping.runAndDeliver();
  }
};
const messageOf = (body: object) => ({
  body: JSON.stringify(body),
  messageId: `message-${at.clock.now()}`,
  publishedAt: at.clock.now(),
  topic: laneTopic(body, REQUESTER),
});
const keep = () =>
  provision(
    messageOf({ owner: { keep: { requesterUid: REQUESTER, access: 'register' } } }),
    at.settings,
    at.provisionPorts(),
  );

describe('a review that is due', () => {
  it('is told once, to requester and owner, with the way to confirm, and takes nothing away', async () => {
    await days(29);
    expect(due()).toEqual([]);
    await days(28);
    expect(due()).toHaveLength(2);
    expect(ids()).toBe(1);
    expect(sweeping.addressees).toEqual([REQUESTER, 'owner']);
    expect(due()[0]).toMatchObject({
      type: 'dms-handshake.access.review-due.v1',
      subject: REQUESTER,
      data: { status: 'review-due', engines: ['redis'], reference: 'OPS-42', problem: null },
    });
    expect(due()[0]?.data.prerequisites[0]).toContain('"keep"');
    expect(notes().askedAt).not.toBeNull();
    expect(roleOf(at)?.attachments).toHaveLength(1);
  });

  it('is told in the words of the sample', async () => {
    await worldOf(90);
    at.clock.advance(Date.parse('2027-02-21T10:07:14Z') - at.clock.now());
    await sweeping.run();
    expect(due()[0]?.data).toEqual(replySchema.parse(sample('reply-review-due')).data);
  });

  it('is told anew only where nobody has confirmed the role for as long again', async () => {
    await days(31);
    await keep();
    await days(29);
    expect(ids()).toBe(1);
    await days(3);
    expect(ids()).toBe(2);
  });

  it('is told with one id, whatever call of a sweep dies, and of nobody where no days are set', async () => {
    at.clock.advance(30 * DAY + HOUR);
    await sweepDyingEverywhere(sweeping);
    await sweeping.deliver();
    expect(ids()).toBe(1);
    await worldOf(null);
    await days(40);
    expect(due()).toEqual([]);
  });

  it('is noted by the clock of provision, and only where provision finds it due itself', async () => {
    const ahead = (at.clock.now() + 900 * DAY).toString(36);
    const ask = { remember: { roles: [ROLE], tags: { 'dms-notes': `asked:${ahead}` } } };
    sweeping.asked.push(ask);
    await sweeping.deliver();
    expect(notes().askedAt).toBeNull();
    at.clock.advance(31 * DAY);
    sweeping.asked.push(ask);
    await sweeping.deliver();
    expect(notes()).toMatchObject({ askedAt: at.clock.now(), reviewedAt: null, reference: 'OPS-42' });
  });
});

const ended = () => sweeping.replies.filter(({ data }) => data.problem?.code === 'expired');
const UNCONFIRMED: Upkeep = { role: ROLE, expired: ['redis'], unconfirmed: true };

describe('a role that nobody confirms after its review was told', () => {
  it('is narrowed like an expiry when it was told for as long again, and the reply says why', async () => {
    await days(59);
    expect(roleOf(at)?.attachments).toHaveLength(1);
    await days(1);
    expect(roleOf(at)?.attachments).toEqual([]);
    expect(ended()).toHaveLength(1);
    expect(ended()[0]?.data).toMatchObject({ status: 'revoked', engines: [] });
    expect(ended()[0]?.data.problem?.detail).toContain('because nobody had confirmed it');
    await days(2);
    expect(roleOf(at)).toBeUndefined();
    expect(ended()).toHaveLength(1);
  });

  it('keeps what was granted after that was told, which is due for review in its own time', async () => {
    await days(40);
    await sweeping.request({ requesterUid: REQUESTER, engines: ['gdb'] });
    await days(21);
    expect(attachedTo(at)).toEqual(['DmsCrossAccountPolicy-gdb']);
    expect(ended()[0]?.data).toMatchObject({ status: 'revoked', engines: ['gdb'] });
    await days(8);
    expect(ids()).toBe(1);
    await days(2);
    expect(ids()).toBe(2);
  });

  it('is left alone when it was confirmed, also between the sweep and its message', async () => {
    await days(59);
    at.clock.advance(DAY);
    await sweeping.run();
    expect(sweeping.asked).toContainEqual(UNCONFIRMED);
    await keep();
    await sweeping.deliver();
    await days(29);
    expect(attachedTo(at)).toHaveLength(1);
    expect(ended()).toEqual([]);
  });

  it('is left alone while it is not remembered that this was told, whatever its age and the message', async () => {
    at.clock.advance(900 * DAY);
    sweeping.asked.push(UNCONFIRMED);
    await sweeping.deliver();
    for (let n = 0; n < 3; n += 1) {
      await sweeping.run();
      sweeping.asked.length = 0;
      at.clock.advance(40 * DAY);
    }
    await sweeping.runAndDeliver();
    sweeping.asked.push(UNCONFIRMED);
    await sweeping.deliver();
    expect(attachedTo(at)).toHaveLength(1);
    expect(ids()).toBe(1);
  });

  it('is left alone where its tags have no room to remember anything', async () => {
    const role = roleOf(at);
    role?.tags.delete('dms-notes');
    for (let n = 0; (role?.tags.size ?? 20) < 20; n += 1) role?.tags.set(`of-people-${n}`, 'x');
    await days(70);
    expect(attachedTo(at)).toHaveLength(1);
  });

  it('may be one for the console, of whose account everybody was trusted since', async () => {
    const console = { requesterUid: REQUESTER, access: 'console' };
    await sweeping.request({ ...console, users: ['alice'] });
    await days(40);
    await sweeping.request(console);
    await days(21);
    expect(ended().map(({ data }) => data.grants.map(({ id }) => id))).toContainEqual(['account']);
    expect(roleOf(at, CONSOLE_ROLE)?.tags.get('dms-console-user-alice')).toMatch(/^revoked/);
  });

  it('ends once, and is told with one id, whatever call of the sweep or of provision dies', async () => {
    await days(59);
    at.clock.advance(DAY);
    await sweepDyingEverywhere(sweeping);
    const hook = { calls: 0, dying: 1 };
    for (let done = false; !done; hook.dying += 1) {
      hook.calls = 0;
      const dying = async () => {
        hook.calls += 1;
        if (hook.calls === hook.dying) throw new Error('died');
        return undefined;
      };
      done = await provision(messageOf({ upkeep: UNCONFIRMED }), at.settings, at.provisionPorts(dying)).then(
        () => hook.calls < hook.dying,
        () => false,
      );
    }
    await sweeping.deliver();
    expect(roleOf(at)?.attachments).toEqual([]);
    expect(new Set(ended().map(({ data }) => data.problem?.detail))).toHaveProperty('size', 1);
  });
});

describe('access that was taken in an emergency', () => {
  const emergency = (requestId: string, engines = ['redis']) =>
    sweeping.request({ requesterUid: REQUESTER, requestId, engines, breakGlass: 'the orders are gone' });
  beforeEach(async () => {
    const requester = requesterAs({
      uid: REQUESTER,
      topics: [topicOf(REQUESTER)],
      breakGlass: { maxHours: 4, engines: '*' },
    });
    at = await direct(false, { heal: false, requesters: { requesters: [requester], clients: [] } });
    sweeping = sweeper(at);
    await emergency('e-1');
    sweeping.replies.length = 0;
  });
  const hours = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      at.clock.advance(HOUR);
      await sweeping.runAndDeliver();
    }
  };

  it('is due for review at its end, and told once, to requester and owner', async () => {
    await hours(3);
    expect(due()).toEqual([]);
    await hours(6);
    expect(due()).toHaveLength(2);
    expect(ids()).toBe(1);
    expect(due()[0]?.data).toMatchObject({ breakGlass: 'the orders are gone', engines: [] });
    expect(due()[0]?.data.prerequisites[0]).toContain('"keep"');
  });

  it('is there again once the owner has confirmed it, also long after the role was closed', async () => {
    await days(5);
    expect(roleOf(at)).toBeDefined();
    expect((await emergency('e-2'))?.data.problem?.code).toBe('not-approved');
    await keep();
    at.clock.advance(HOUR);
    expect((await emergency('e-3', ['gdb']))?.data).toMatchObject({ status: 'verified', engines: ['gdb'] });
    await hours(6);
    expect(ids()).toBe(2);
  });

  it('leaves no role behind once it was confirmed', async () => {
    await hours(6);
    await keep();
    await days(3);
    expect(roleOf(at)).toBeUndefined();
  });
});
