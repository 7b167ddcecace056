import { expect, it } from 'vitest';
import { sendToQueue } from '../../../../local/cloud/mns/index.ts';
import type { MessageOptions } from '../../../../local/cloud/weather.ts';
import { World } from '../../../../local/cloud/world.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';

const SENT = Array.from({ length: 60 }, (_, n) => `${n}`);

/** What a queue of an account hands out, in its order, of sixty messages that were sent to it. */
function received(messages: MessageOptions | undefined, seed = 1, uid = OWNER): string[] {
  const weather = { seed, ...(messages === undefined ? {} : { messages }) };
  const world = new World({ clock: new TestClock(), region: 'cn-hangzhou', weather });
  const account = world.addAccount(uid);
  const queue = account.mns.addQueue('q');
  for (const body of SENT) sendToQueue(world, account, 'q', body);
  return queue.receive(SENT.length * 3).map(({ body }) => body);
}

it('by default every message comes once and in order', () => {
  expect(received(undefined)).toEqual(SENT);
  expect(received({})).toEqual(SENT);
});

it('some come twice', () => {
  const got = received({ duplicate: 0.3 });
  expect(got.length).toBeGreaterThan(SENT.length);
  expect([...new Set(got)]).toEqual(SENT);
});

it('some come out of order, and none is lost', () => {
  const got = received({ reorder: 0.5 });
  expect(got).not.toEqual(SENT);
  expect([...got].sort()).toEqual([...SENT].sort());
});

it('the seed decides, for every account by itself', () => {
  const options = { duplicate: 0.3, reorder: 0.5 };
  expect(received(options, 7)).toEqual(received(options, 7));
  expect(received(options, 8)).not.toEqual(received(options, 7));
  expect(received(options, 7, REQUESTER)).not.toEqual(received(options, 7));
});
