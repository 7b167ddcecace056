import { expect, it } from 'vitest';
import { readNotes } from '../../shared/record/notes.ts';
import { type Direct, direct } from '../kit/direct.ts';
import { populate, uidOf } from '../kit/populate.ts';
import { requesterAs } from '../kit/requester.ts';
import { type Sweeper, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR } from '../kit/time.ts';

const ROLES = 500;

const worldOf = async (reviewDays: number | null): Promise<Direct> => {
  const uids = Array.from({ length: ROLES }, (_, n) => uidOf(n));
  const requesters = uids.map((uid) => requesterAs({ uid, reviewDays, topics: [`requests-${uid}`] }));
  const at = await direct(true, { heal: false, requesters: { requesters, clients: [] } });
  await populate(at.world, at.owner, ROLES);
  at.clock.advance(900 * DAY);
  at.writes.length = 0;
  return at;
};
const roles = (at: Direct) =>
  Array.from({ length: ROLES }, (_, n) => at.owner.ram.findRole(`dms-cross-account-${uidOf(n)}`));
const open = (at: Direct) => roles(at).filter((role) => role?.attachments.length === 1).length;
const told = (at: Direct) =>
  roles(at).filter((role) => readNotes(role?.tags ?? new Map()).askedAt !== null).length;
const replies = ({ replies: all }: Sweeper, status: string) =>
  new Set(all.filter(({ data }) => data.status === status).map(({ id }) => id)).size;

it('reviewDays switched on over 500 old roles narrows none before it has told of all and waited', async () => {
  const at = await worldOf(30);
  const sweeping = sweeper(at);
  await sweeping.runAndDeliver();
  expect([replies(sweeping, 'review-due'), told(at), open(at)]).toEqual([ROLES, ROLES, ROLES]);
  at.clock.advance(30 * DAY - HOUR);
  expect(await sweeping.runAndDeliver()).toMatchObject({ roles: ROLES, unconfirmed: 0, narrowed: 0 });
  expect(open(at)).toBe(ROLES);
  at.clock.advance(2 * HOUR);
  expect(await sweeping.runAndDeliver()).toMatchObject({ roles: ROLES, unconfirmed: 500, narrowed: 150 });
  expect(open(at)).toBe(350);
  expect(replies(sweeping, 'review-due')).toBe(ROLES);
});

it('an upgrade writes nothing by itself, and tells nobody of a review that nobody has asked for', async () => {
  const at = await worldOf(null);
  const sweeping = sweeper(at);
  await sweeping.run();
  expect(sweeping.asked).toEqual([]);
  expect(sweeping.replies).toEqual([]);
  expect(at.writes).toEqual([]);
});
