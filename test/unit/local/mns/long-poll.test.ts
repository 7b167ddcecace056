import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { sendToQueue } from '../../../../local/cloud/mns/index.ts';
import { quiet } from '../../../../local/testing/virtual-clock.ts';
import { SECOND } from '../../../kit/time.ts';
import { handleOf, type Mns, message, mns, xml } from './mns.ts';

const AT = '/queues/jobs/messages';

let cloud: Mns;
beforeEach(async () => {
  cloud = mns();
  await cloud.send('PUT', '/queues/jobs', xml('Queue'));
});

/** Starts a receive and tells whether it has ended. */
function waiting(target: string) {
  const state = { ended: false, reply: cloud.send('GET', target) };
  state.reply.finally(() => {
    state.ended = true;
  });
  return state;
}

describe('long polling', () => {
  it('ends as soon as a message comes in', async () => {
    const poll = waiting(`${AT}?waitseconds=30`);
    await cloud.clock.advance(12 * SECOND);
    expect(poll.ended).toBe(false);
    sendToQueue(cloud.world, cloud.owner, 'jobs', 'hello');
    await quiet();
    expect(poll.ended).toBe(true);
    expect((await poll.reply).at('Message', 'MessageBody')).toBe('hello');
    expect(cloud.clock.now() - Date.parse('2026-11-23T10:00:00Z')).toBe(12_000);
  });

  it('ends without one after its time, not before', async () => {
    const poll = waiting(`${AT}?waitseconds=5`);
    await cloud.clock.advance(4.9 * SECOND);
    expect(poll.ended).toBe(false);
    await cloud.clock.advance(0.1 * SECOND);
    expect((await poll.reply).at('Error', 'Code')).toBe('MessageNotExist');
  });

  it('waits as the queue says unless the request does', async () => {
    await cloud.send('PUT', '/queues/jobs?metaoverride=true', xml('Queue', { PollingWaitSeconds: 10 }));
    const patient = waiting(AT);
    expect((await cloud.send('GET', `${AT}?waitseconds=0`)).status).toBe(404);
    await cloud.clock.advance(9 * SECOND);
    expect(patient.ended).toBe(false);
    await cloud.clock.advance(1 * SECOND);
    expect((await patient.reply).status).toBe(404);
  });

  it('finds a message whose delay or visibility ends meanwhile', async () => {
    await cloud.send('POST', AT, message('delayed', { DelaySeconds: 3 }));
    await cloud.clock.advance(0.5 * SECOND);
    const poll = waiting(`${AT}?numOfMessages=16&waitseconds=30`);
    await cloud.clock.advance(2.4 * SECOND);
    expect(poll.ended).toBe(false);
    await cloud.clock.advance(0.1 * SECOND);
    expect((await poll.reply).at('Messages', 'Message', 0, 'MessageBody')).toBe('delayed');
    const again = waiting(`${AT}?waitseconds=30`);
    await cloud.clock.advance(30 * SECOND);
    expect((await again.reply).at('Message', 'DequeueCount')).toBe('2');
  });

  it('looks again when a holder gives a message back early', async () => {
    await cloud.send('POST', AT, message('x'));
    const handle = handleOf(await cloud.send('GET', AT));
    const poll = waiting(`${AT}?waitseconds=10`);
    await cloud.send('PUT', `${AT}?ReceiptHandle=${handle}&VisibilityTimeout=1`);
    await cloud.clock.advance(1 * SECOND);
    expect((await poll.reply).at('Message', 'MessageBody')).toBe('x');
  });

  it('gives one message to one of many who wait', async () => {
    const polls = [1, 2, 3].map(() => waiting(`${AT}?waitseconds=10`));
    await quiet();
    sendToQueue(cloud.world, cloud.owner, 'jobs', 'only');
    await cloud.clock.advance(10 * SECOND);
    const replies = await Promise.all(polls.map(({ reply }) => reply));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });

  it('ends with the queue', async () => {
    const poll = waiting(`${AT}?waitseconds=30`);
    await quiet();
    await cloud.send('DELETE', '/queues/jobs');
    expect((await poll.reply).at('Error', 'Code')).toBe('QueueNotExist');
  });

  it('is refused over 30 seconds', async () => {
    for (const seconds of ['31', '-1', 'x', '']) {
      expect(await cloud.refusal('GET', `${AT}?waitseconds=${seconds}`)).toBe('400 InvalidArgument');
    }
  });
});

it('ends with the world, at once', async () => {
  const poll = waiting(`${AT}?waitseconds=30`);
  await quiet();
  cloud.world.end();
  await quiet();
  expect(poll.ended).toBe(true);
});

it('leaves nothing behind', async () => {
  const poll = waiting(`${AT}?waitseconds=30`);
  await quiet();
  sendToQueue(cloud.world, cloud.owner, 'jobs', 'hello');
  await poll.reply;
  expect(getEventListeners(cloud.world.ended, 'abort')).toEqual([]);
});
