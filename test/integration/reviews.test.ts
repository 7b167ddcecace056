import { beforeEach, describe, expect, it } from 'vitest';
import { provision } from '../../functions/provision/provision.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct, topicOf } from '../kit/direct.ts';
import { requesterAs } from '../kit/requester.ts';
import { ROLE, roleOf } from '../kit/roles.ts';
import { type Sweeper, sweepDyingEverywhere, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR } from '../kit/time.ts';

let at: Direct;
let sweeping: Sweeper;

const worldOf = async (reviewDays: number | null) => {
  const requester = requesterAs({ uid: REQUESTER, reviewDays, topics: [topicOf(REQUESTER)] });
  at = await direct(false, { heal: false, requesters: { requesters: [requester], clients: [] } });
  sweeping = sweeper(at);
  await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'], reference: 'OPS-42' });
};
beforeEach(() => worldOf(30));

const due = () => sweeping.replies.filter(({ data }) => data.status === 'review-due');
const ids = () => new Set(due().map(({ id }) => id)).size;
const notes = () => readNotes(roleOf(at)?.tags ?? new Map());
const days = async (count: number) => {
  for (let n = 0; n < count * 2; n += 1) {
    at.clock.advance(DAY / 2);
    await sweeping.runAndDeliver();
  }
};
const keep = () =>
  provision(
    {
      body: JSON.stringify({ owner: { keep: { requesterUid: REQUESTER, access: 'register' } } }),
      messageId: `keep-${at.clock.now()}`,
      publishedAt: at.clock.now(),
      topic: TOPICS.owner,
    },
    at.settings,
    at.provisionPorts(),
  );

describe('a review that is due', () => {
  it('is told once, to requester and owner, with the way to confirm, and takes nothing away', async () => {
    await days(29);
    expect(due()).toEqual([]);
    await days(40);
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
