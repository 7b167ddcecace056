import { beforeEach, describe, expect, it } from 'vitest';
import { requestSchema } from '../../events/request.ts';
import type { Requester } from '../../shared/admission/requesters.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct, topicOf } from '../kit/direct.ts';
import { requesterAs } from '../kit/requester.ts';
import { ROLE, roleOf } from '../kit/roles.ts';
import { type Sweeper, sweepDyingEverywhere, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR } from '../kit/time.ts';

let at: Direct;
let sweeping: Sweeper;

const worldOf = async (rest: Partial<Requester> = {}) => {
  const requester = requesterAs({
    uid: REQUESTER,
    access: ['register', 'console'],
    noticeDays: [7, 1],
    topics: [topicOf(REQUESTER)],
    ...rest,
  });
  at = await direct(false, { heal: false, requesters: { requesters: [requester], clients: [] } });
  sweeping = sweeper(at);
};
beforeEach(() => worldOf());

const inDays = (days: number) => new Date(at.clock.now() + days * DAY).toISOString();
const send = (rest: object) => sweeping.request({ requesterUid: REQUESTER, ...rest });
const told = () => sweeping.replies.filter(({ data }) => data.status === 'expiring');
/** The notices so far, each once, as its engines and the days that were left. */
const notices = () => [
  ...new Map(told().map(({ id, data }) => [id, data.requestId.replace(/^notice:[^:]*:/, '')])).values(),
];
const days = async (count: number, each = 6 * HOUR) => {
  const end = at.clock.now() + count * DAY;
  while (at.clock.now() < end) {
    at.clock.advance(each);
    await sweeping.runAndDeliver();
  }
};
const notesOf = (name = ROLE) => readNotes(roleOf(at, name)?.tags ?? new Map());

describe('what is told of an end that is near', () => {
  it('a week and a day before it, once each, to requester and owner, with the request for more', async () => {
    const end = inDays(10);
    await send({ engines: ['redis', 'gdb'], expiresAt: end, reference: 'OPS-42' });
    await send({ engines: ['lindorm'] });
    await days(11);
    expect(notices()).toEqual([`${end}:7`, `${end}:1`]);
    expect(told()).toHaveLength(4);
    expect(sweeping.addressees.slice(0, 2)).toEqual([REQUESTER, 'owner']);
    const [first] = told();
    expect(first).toMatchObject({
      type: 'dms-handshake.access.expiring.v1',
      subject: REQUESTER,
      data: {
        status: 'expiring',
        engines: ['gdb', 'lindorm', 'redis'],
        expiresAt: end,
        reference: 'OPS-42',
        problem: null,
        next: { action: 'extend', requesterUid: REQUESTER, access: 'register', engines: ['gdb', 'redis'] },
      },
    });
    expect(notesOf().reference).toBe('OPS-42');
  });

  it('and the request that comes with it sets a later end, of which it is told anew', async () => {
    const end = inDays(10);
    await send({ engines: ['redis'], expiresAt: end });
    await days(4);
    const next = told()[0]?.data.next ?? {};
    expect(requestSchema.safeParse(next).success).toBe(true);
    const extended = await send(next);
    expect(extended?.data).toMatchObject({ status: 'verified', engines: ['redis'], expiresAt: inDays(16) });
    await days(17);
    expect(notices()).toEqual([`${end}:7`, `${extended?.data.expiresAt}:7`, `${extended?.data.expiresAt}:1`]);
  });

  it('nothing of an end that was asked for when it was that near', async () => {
    const end = inDays(5);
    await send({ engines: ['redis'], expiresAt: end });
    await days(3);
    expect(notices()).toEqual([]);
    await days(3);
    expect(notices()).toEqual([`${end}:1`]);
  });

  it('nothing of what was taken away, and nothing where the owner wants none', async () => {
    await send({ engines: ['redis'], expiresAt: inDays(10) });
    await send({ action: 'revoke', engines: ['redis'] });
    await days(11);
    expect(notices()).toEqual([]);
    await worldOf({ noticeDays: [] });
    await send({ engines: ['redis'], expiresAt: inDays(10) });
    await days(11);
    expect(notices()).toEqual([]);
  });

  it('that no later end is allowed, where that is so', async () => {
    await worldOf({ maxDays: 10 });
    const granted = await send({ engines: ['redis'] });
    await days(5);
    const [notice] = told();
    expect(granted?.data.expiresAt).toBe(notice?.data.expiresAt);
    expect(notice?.data.next).toBeNull();
    expect(notice?.data.prerequisites.join()).toContain('"maxDays"');
  });

  it('of the users of a console role, by name', async () => {
    await send({ access: 'console', users: ['mia', 'ben'], expiresAt: inDays(9) });
    await days(3);
    expect(told()[0]?.data).toMatchObject({
      access: 'console',
      next: { access: 'console', users: ['ben', 'mia'] },
    });
  });

  it('of one end once, also where another engine gets the same end after the moment', async () => {
    const end = inDays(10);
    await send({ engines: ['redis'], expiresAt: end });
    await days(4);
    await send({ engines: ['gdb'], expiresAt: end });
    await days(1);
    expect(notices()).toEqual([`${end}:7`]);
    await days(6);
    expect(notices()).toEqual([`${end}:7`, `${end}:1`]);
    expect(told().at(-1)?.data.next).toMatchObject({ engines: ['gdb', 'redis'] });
  });

  it('once, whatever call of a sweep dies', async () => {
    await send({ engines: ['redis'], expiresAt: inDays(10) });
    const end = inDays(10);
    at.clock.advance(3 * DAY + HOUR);
    await sweepDyingEverywhere(sweeping, () => expect(roleOf(at)?.tags.get('dms-notes')).toBeUndefined());
    await sweeping.deliver();
    expect(new Set(told().map(({ id }) => id)).size).toBe(1);
    sweeping.replies.length = 0;
    await days(1);
    expect([notices(), notesOf().toldAt]).toEqual([[], Date.parse(end) - 7 * DAY]);
  });

  it('again and again for two hours, and then not, where other tags leave no room for a note', async () => {
    await send({ engines: ['redis'], expiresAt: inDays(10) });
    const room = Array.from({ length: 20 - (roleOf(at)?.tags.size ?? 0) }, (_, n) => `of-people-${n}`);
    for (const key of room) roleOf(at)?.tags.set(key, 'x');
    await days(5, HOUR);
    const sent = told();
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(roleOf(at)?.tags.has('dms-notes')).toBe(false);
  });
});
