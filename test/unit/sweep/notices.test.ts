import { describe, expect, it } from 'vitest';
import type { Requester } from '../../../shared/admission/requesters.ts';
import { NOTES_TAG } from '../../../shared/record/notes.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { tellingEmergencies } from '../../../shared/sweep/emergency-notices.ts';
import { type TellNotices, tellingEnds } from '../../../shared/sweep/end-notices.ts';
import type { OurRole } from '../../../shared/sweep/list-roles.ts';
import { tellingReviews } from '../../../shared/sweep/review-notices.ts';
import { tellUnused } from '../../../shared/sweep/unused-notices.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { requesterAs } from '../../kit/requester.ts';
import { listedRole, type Sending, sending, tagsOfOthers } from '../../kit/sweep-parts.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { DAY, HOUR, MINUTE, START } from '../../kit/time.ts';

/** What the sweep tells of a role in time, word for word, and when. All roles were granted at the start. */
const NAME = `dms-cross-account-${REQUESTER}`;
const iso = (time: number) => new Date(time).toISOString();
const GRANTED = `granted ${iso(START)}`;
const REDIS = { 'dms-engine-redis': GRANTED };
const of = (over: Partial<Requester>) => requesterAs({ uid: REQUESTER, ...over });
/** As many tags as a role may have, with those that are ours. */
const full = (tags: Readonly<Record<string, string>>) =>
  listedRole({ ...tags, ...tagsOfOthers(19 - Object.keys(tags).length) });
/** One tag less, so that a note has room. */
const nearlyFull = (tags: Readonly<Record<string, string>>) =>
  listedRole({ ...tags, ...tagsOfOthers(18 - Object.keys(tags).length) });

/** Tells of a role, `ms` after the start, and answers how many notices that took. */
async function at(
  ms: number,
  role: OurRole,
  to: Sending,
  telling: (to: Sending, readAt: Millis) => TellNotices,
): Promise<number> {
  to.clock.advance(ms);
  const now = to.clock.now();
  return telling(to, now)(role, readRecord(role.tags, now));
}
const noteOf = (word: string) => ({ remember: { roles: [NAME], tags: { [NOTES_TAG]: word } } });
const base = (requestId: string) => ({
  requestId,
  requesterUid: REQUESTER,
  ownerUid: OWNER,
  access: 'register',
  roleArn: `acs:ram::${OWNER}:role/${NAME}`,
  engines: ['redis'],
  connections: [],
  expiresAt: null,
  grants: [{ id: 'redis', expiresAt: null, instances: null, readOnly: false }],
  reference: null,
  assurance: 'structural',
  checks: [],
  console: null,
  problem: null,
});

describe('the review of a role', () => {
  const reviews = (to: Sending, readAt: Millis) => tellingReviews(SENDER, to, readAt);
  const role = listedRole({ ...REDIS, [NOTES_TAG]: 'ref:OPS-42' });

  it('is told to requester and owner, and then noted', async () => {
    const to = sending(of({ reviewDays: 30 }));
    expect(await at(30 * DAY + 0.5, role, to, reviews)).toBe(1);
    expect(to.order).toEqual([REQUESTER, 'owner', 'upkeep']);
    expect(to.replies[0]).toEqual(to.replies[1]);
    expect(to.replies[0]).toMatchObject({ type: 'dms-handshake.access.review-due.v1', subject: REQUESTER });
    expect(to.replies[0]?.data).toEqual({
      ...base(`review:${NAME}:${iso(START + 30 * DAY)}`),
      status: 'review-due',
      reference: 'OPS-42',
      prerequisites: [
        `nobody has confirmed this role since ${iso(START)}: the owner confirms it with "npx dms-handshake review --keep ${NAME}" ({"owner":{"keep":{"requesterUid":"${REQUESTER}","access":"register"}}} on its own topic), or closes it`,
        'if nobody does, what it grants now ends 30 days after this notice, or a little later',
      ],
    });
    expect(to.asked).toEqual([noteOf(`asked:${(START + 30 * DAY).toString(36)}`)]);
  });

  it.each([
    ['is not due yet', 30 * DAY - 1, { reviewDays: 30 }, role],
    ['has no days', 900 * DAY, {}, role],
    [
      'was told of',
      31 * DAY,
      { reviewDays: 30 },
      listedRole({ ...REDIS, [NOTES_TAG]: `asked:${(START + 30 * DAY).toString(36)}` }),
    ],
  ])('is not told where it %s', async (_what, ms, over, one) => {
    const to = sending(of(over));
    expect(await at(ms, one, to, reviews)).toBe(0);
    expect(to.order).toEqual([]);
  });

  it('of nobody who is listed is not told', async () => {
    expect(await at(900 * DAY, role, sending(), reviews)).toBe(0);
  });

  it.each([
    ['up to two hours after it is due', full(REDIS), 2 * HOUR, [REQUESTER, 'owner']],
    ['not later', full(REDIS), 2 * HOUR + 1, []],
    ['and later where it has room', nearlyFull(REDIS), 2 * HOUR + 1, [REQUESTER, 'owner', 'upkeep']],
  ])('of a role without room for a note is told %s', async (_what, one, late, order) => {
    const to = sending(of({ reviewDays: 30 }));
    expect(await at(30 * DAY + late, one, to, reviews)).toBe(order.length === 0 ? 0 : 1);
    expect(to.order).toEqual(order);
  });
});

describe('an emergency that is over', () => {
  const emergencies = (to: Sending, readAt: Millis) => tellingEmergencies(SENDER, to, readAt);
  const tag = `${iso(START)} until ${iso(START + HOUR)} ${'d'.repeat(43)} it burns`;
  const tags = { ...REDIS, 'dms-break-glass': tag };

  it('is told to requester and owner with its reason, and then noted', async () => {
    const to = sending();
    expect(await at(HOUR, listedRole(tags), to, emergencies)).toBe(1);
    expect(to.order).toEqual([REQUESTER, 'owner', 'upkeep']);
    expect(to.replies[0]).toEqual(to.replies[1]);
    expect(to.replies[0]?.data).toEqual({
      ...base(`emergency:${NAME}:${iso(START)}`),
      status: 'review-due',
      breakGlass: 'it burns',
      prerequisites: [
        `access was taken in an emergency from ${iso(START)} to ${iso(START + HOUR)}: the owner looks at what was done, and confirms it with "npx dms-handshake review --keep ${NAME}" ({"owner":{"keep":{"requesterUid":"${REQUESTER}","access":"register"}}} on its own topic); until then there is no other emergency`,
      ],
    });
    expect(to.asked).toEqual([noteOf(`glass:${(START + HOUR).toString(36)}`)]);
  });

  it.each([
    ['is not over', HOUR - 1, listedRole(tags)],
    ['never was', HOUR, listedRole(REDIS)],
    [
      'was confirmed',
      HOUR,
      listedRole({ ...tags, [NOTES_TAG]: `reviewed:${(START + MINUTE).toString(36)}` }),
    ],
    ['was told of', HOUR, listedRole({ ...tags, [NOTES_TAG]: `glass:${(START + HOUR).toString(36)}` })],
  ])('is not told where it %s', async (_what, ms, role) => {
    const to = sending();
    expect(await at(ms, role, to, emergencies)).toBe(0);
    expect(to.order).toEqual([]);
  });

  it.each([
    ['up to two hours after it', full(tags), 3 * HOUR, [REQUESTER, 'owner']],
    ['not later', full(tags), 3 * HOUR + 1, []],
    ['and later where it has room', nearlyFull(tags), 3 * HOUR + 1, [REQUESTER, 'owner', 'upkeep']],
  ])('of a role without room for a note is told %s', async (_what, role, ms, order) => {
    const to = sending();
    expect(await at(ms, role, to, emergencies)).toBe(order.length === 0 ? 0 : 1);
    expect(to.order).toEqual(order);
  });
});

describe('an end that is near', () => {
  const ends = (to: Sending, readAt: Millis) => tellingEnds({ patienceMs: MINUTE }, SENDER, to, readAt);
  const END = START + 10 * DAY;
  const tags = { 'dms-engine-redis': `${GRANTED} until ${iso(END)}` };
  const grant = { id: 'redis', expiresAt: iso(END), instances: null, readOnly: false };

  it('is told to requester and owner, notice by notice, and the last one noted', async () => {
    const to = sending(of({ noticeDays: [7, 1] }));
    expect(await at(9 * DAY + MINUTE, listedRole(tags), to, ends)).toBe(2);
    expect(to.order).toEqual([REQUESTER, 'owner', REQUESTER, 'owner', 'upkeep']);
    const [week, , day] = to.replies;
    expect(week?.data).toEqual({
      ...base(`notice:${NAME}:${iso(END)}:7`),
      status: 'expiring',
      expiresAt: iso(END),
      grants: [grant],
      next: {
        action: 'extend',
        requesterUid: REQUESTER,
        access: 'register',
        engines: ['redis'],
        expiresAt: iso(END + 10 * DAY),
      },
      prerequisites: [`redis ends at ${iso(END)}`],
    });
    expect(day?.data.requestId).toBe(`notice:${NAME}:${iso(END)}:1`);
    expect(to.asked).toEqual([noteOf(`told:${(END - DAY).toString(36)}`)]);
  });

  it.each([
    ['a minute before it can be seen', 3 * DAY + MINUTE - 1, { noticeDays: [7] }],
    ['where the owner wants none', 9 * DAY, {}],
  ])('is not told %s', async (_what, ms, over) => {
    const to = sending(of(over));
    expect(await at(ms, listedRole(tags), to, ends)).toBe(0);
    expect(to.order).toEqual([]);
  });

  it('is told of nobody who is not listed', async () => {
    expect(await at(9 * DAY + MINUTE, listedRole(tags), sending(), ends)).toBe(0);
  });

  it('that was told is not told again', async () => {
    const to = sending(of({ noticeDays: [7, 1] }));
    const told = { ...tags, [NOTES_TAG]: `told:${(END - 7 * DAY).toString(36)}` };
    expect(await at(5 * DAY, listedRole(told), to, ends)).toBe(0);
    expect(to.order).toEqual([]);
  });

  it.each([
    ['within two hours', full(tags), 2 * HOUR - 1, [REQUESTER, 'owner']],
    ['not later', full(tags), 2 * HOUR, []],
    ['and later where it has room', nearlyFull(tags), 2 * HOUR, [REQUESTER, 'owner', 'upkeep']],
  ])('of a role without room for a note is told %s', async (_what, role, late, order) => {
    const to = sending(of({ noticeDays: [7] }));
    expect(await at(3 * DAY + late, role, to, ends)).toBe(order.length === 0 ? 0 : 1);
    expect(to.order).toEqual(order);
  });
});

describe('a role that nobody uses', () => {
  const WATCHED = { from: millis(START - DAY), until: millis(START + 10 * DAY), fault: null };
  const tell = (
    roles: readonly OurRole[],
    over: Partial<Requester> = { unusedDays: 10 },
    days: ReadonlyMap<string, Millis> = new Map(),
    mark = WATCHED,
  ) => {
    const to = sending(of(over));
    to.clock.advance(10 * DAY + 0.5);
    return tellUnused({ days, mark, fault: null }, roles, SENDER, to).then((told) => ({ told, to }));
  };
  const closes = `Nothing is taken away; if nobody needs it, the owner closes it with "npx dms-handshake revoke --as-owner --requester ${REQUESTER}"`;

  it('is told of to requester and owner, and then noted', async () => {
    const { told, to } = await tell([listedRole(REDIS)]);
    expect(told).toBe(1);
    expect(to.order).toEqual([REQUESTER, 'owner', 'upkeep']);
    expect(to.replies[0]).toEqual(to.replies[1]);
    expect(to.replies[0]?.data).toEqual({
      ...base(`unused:${NAME}:${iso(START)}`),
      status: 'review-due',
      prerequisites: [
        `as far as ActionTrail shows, DMS has not assumed this role for 10 days and more: not since ${iso(START)}. ${closes}`,
      ],
    });
    expect(to.asked).toEqual([noteOf(`idle:${(START + 10 * DAY).toString(36)}`)]);
  });

  it.each([
    ['by its notes', '2026-11-22', { [NOTES_TAG]: `used:${Date.UTC(2026, 10, 22).toString(36)}` }, new Map()],
    ['by this sweep', '2026-11-22', {}, new Map([[NAME, millis(Date.UTC(2026, 10, 22))]])],
    [
      'by both, of which the later counts',
      '2026-11-22',
      { [NOTES_TAG]: `used:${Date.UTC(2026, 10, 21).toString(36)}` },
      new Map([[NAME, millis(Date.UTC(2026, 10, 22))]]),
    ],
    [
      'by both, of which the notes have the later',
      '2026-11-22',
      { [NOTES_TAG]: `used:${Date.UTC(2026, 10, 22).toString(36)}` },
      new Map([[NAME, millis(Date.UTC(2026, 10, 21))]]),
    ],
  ])('says the last use, as it is known %s', async (_what, day, tags, days) => {
    const { to } = await tell([listedRole({ ...REDIS, ...tags })], { unusedDays: 5 }, days);
    expect(to.replies[0]?.data.prerequisites).toEqual([
      `as far as ActionTrail shows, DMS has not assumed this role for 5 days and more: last on ${day}. ${closes}`,
    ]);
  });

  const rows: readonly [string, OurRole, Partial<Requester>, typeof WATCHED?][] = [
    ['a console role, which is for people', listedRole({ 'dms-console-account': GRANTED }, 'console'), {}],
    ['a role that is used', listedRole({ ...REDIS, [NOTES_TAG]: `used:${START.toString(36)}` }), {}],
    ['one that was told of', listedRole({ ...REDIS, [NOTES_TAG]: `idle:${(START + 1).toString(36)}` }), {}],
    ['nobody’s, where no days are set', listedRole(REDIS), { unusedDays: null }],
    ['one whose tags have no room', full(REDIS), {}],
    ['one whose notes have no room', listedRole({ ...REDIS, [NOTES_TAG]: `ask:${'x'.repeat(245)}` }), {}],
    ['one that was not watched for as long', listedRole(REDIS), {}, { ...WATCHED, from: millis(START + 1) }],
  ];
  it.each(rows)('nothing of %s', async (_what, role, over, mark) => {
    const { told, to } = await tell([role], { unusedDays: 10, ...over }, new Map(), mark);
    expect([told, to.order]).toEqual([0, []]);
  });

  it('nothing of the role of an account that is not listed any more', async () => {
    const to = sending();
    to.clock.advance(10 * DAY);
    const uses = { days: new Map(), mark: WATCHED, fault: null };
    expect(await tellUnused(uses, [listedRole(REDIS)], SENDER, to)).toBe(0);
    expect(to.order).toEqual([]);
  });

  it('one after the other, each by itself', async () => {
    const other = listedRole(REDIS, 'register', '1000000000000011');
    const { told, to } = await tell([listedRole(REDIS), full(REDIS), other]);
    expect(told).toBe(2);
    expect(to.order).toEqual([REQUESTER, 'owner', 'upkeep', '1000000000000011', 'owner', 'upkeep']);
  });
});
