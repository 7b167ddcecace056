import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { retryPauses } from '../../../../local/cloud/mns/delivery/retry.ts';
import {
  createTopic,
  mnsIdle,
  publishToTopic,
  type SubscriptionRequest,
  subscribe,
} from '../../../../local/cloud/mns/index.ts';
import { ConnectionLost, type WeatherCall } from '../../../../local/cloud/weather.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { MINUTE } from '../../../kit/time.ts';
import { addRole, everything } from '../../../kit/two-accounts.ts';
import { type Mns, mns } from './mns.ts';

const REMOTE = `acs:mns:cn-hangzhou:${REQUESTER}:queues/replies`;
const FUNCTION = `acs:fc:cn-hangzhou:${OWNER}:functions/f`;
const NO_QUEUE = 'QueueNotExist: The queue name you provided is not exist.';
const DENIED = 'NoPermission: You are not authorized to do this action. You should be authorized by RAM.';
const roleOf = (uid: string): string => `acs:ram::${uid}:role/push`;

/** Both accounts have the queue `replies`, and a role that lets pushes do everything. */
function furnished(): Mns {
  const cloud = mns();
  createTopic(cloud.world, cloud.owner, 'news');
  const Principal = { Service: [`${OWNER}@mns.aliyuncs.com`, 'mns.aliyuncs.com'] };
  const trust = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] };
  for (const account of [cloud.owner, cloud.requester]) {
    account.mns.addQueue('replies');
    addRole(account, 'push', trust, everything);
    addRole(account, 'weak', trust);
  }
  return cloud;
}

/** Publishes a message, and gives up on it. */
async function published(cloud: Mns, request: SubscriptionRequest) {
  subscribe(cloud.world, cloud.owner, 'news', 's', request);
  publishToTopic(cloud.world, cloud.owner, 'news', { body: 'x' });
  await cloud.clock.advance(2 * MINUTE);
  await mnsIdle(cloud.world);
  return cloud.owner.mns.undelivered;
}

describe('what keeps a message from its endpoint', () => {
  const rows: readonly (readonly [string, string | undefined, string])[] = [
    [REMOTE.replace('replies', 'none'), roleOf(REQUESTER), NO_QUEUE],
    [
      REMOTE,
      undefined,
      `AccessDenied: a queue of account ${REQUESTER} takes nothing from ${OWNER} without a role.`,
    ],
    [REMOTE, roleOf(OWNER), `AccessDenied: ${roleOf(OWNER)} is not a role of account ${REQUESTER}.`],
    [
      REMOTE,
      roleOf(REQUESTER).replace('push', 'none'),
      'EntityNotExist.Role: The specified Role not exists.',
    ],
    [REMOTE, roleOf(REQUESTER).replace('push', 'weak'), DENIED],
    [FUNCTION.replace('/f', '/gone'), undefined, 'FunctionNotFound: function gone does not exist'],
    [FUNCTION, roleOf(REQUESTER), `AccessDenied: ${roleOf(REQUESTER)} is not a role of account ${OWNER}.`],
    [FUNCTION, roleOf(OWNER).replace('push', 'weak'), DENIED],
  ];

  it.each(rows)('%s under %s: %s', async (endpoint, stsRoleArn, words) => {
    const found = await published(furnished(), { endpoint, stsRoleArn });
    expect(found.map(({ lastError: { code, message } }) => `${code}: ${message}`)).toEqual([words]);
    expect(found).toMatchObject([
      { topicName: 'news', subscriptionName: 's', endpoint, attempts: 4, nextAttemptAt: null },
    ]);
  });

  it('is that no host runs functions', async () => {
    const cloud = furnished();
    cloud.world.functions = null;
    const [found] = await published(cloud, { endpoint: FUNCTION });
    expect(found?.lastError).toEqual({
      code: 'FunctionNotFound',
      message: 'function f does not exist: no host runs functions.',
    });
  });

  it.each([
    [new ApiError(503, 'ServiceUnavailable', 'Later.'), { code: 'ServiceUnavailable', message: 'Later.' }],
    [new ConnectionLost('it hung up'), { code: 'ConnectionLost', message: 'it hung up' }],
    [new TypeError('no such thing'), { code: 'TypeError', message: 'no such thing' }],
    ['words', { code: 'Error', message: 'words' }],
  ])('is what was thrown on the way: %s', async (thrown, lastError) => {
    const cloud = furnished();
    cloud.world.functions = {
      enqueue: () => Promise.reject(thrown),
      invoke: async () => ({ requestId: '1', body: Buffer.alloc(0), errorType: null }),
      idle: async () => undefined,
    };
    const [found] = await published(cloud, { endpoint: FUNCTION });
    expect(found?.lastError).toEqual(lastError);
  });
});

it.each([
  [REMOTE, roleOf(REQUESTER), 1],
  [FUNCTION, roleOf(OWNER), 0],
])('%s is pushed to under %s', async (endpoint, stsRoleArn, queued) => {
  const cloud = furnished();
  expect(await published(cloud, { endpoint, stsRoleArn })).toEqual([]);
  expect([cloud.requester.mns.queue('replies').messages.length, cloud.invoked.length]).toEqual([
    queued,
    1 - queued,
  ]);
});

it('a topic counts each of its messages that waits for a retry, whatever the number of endpoints', async () => {
  const cloud = furnished();
  createTopic(cloud.world, cloud.owner, 'other');
  for (const name of ['one', 'two'])
    subscribe(cloud.world, cloud.owner, 'news', name, { endpoint: FUNCTION.replace('/f', '/gone') });
  for (const body of ['a', 'b', 'c']) publishToTopic(cloud.world, cloud.owner, 'news', { body });
  await cloud.clock.advance(0);
  expect(cloud.owner.mns.undelivered.map(({ nextAttemptAt }) => nextAttemptAt)).toEqual(
    Array(6).fill(cloud.clock.now() + 15_000),
  );
  const count = async (topic: string) =>
    (await cloud.send('GET', `/topics/${topic}`)).at('Topic', 'MessageCount');
  expect([await count('news'), await count('other')]).toEqual(['3', '0']);
});

it.each([
  ['its dead letter queue', 4, (cloud: Mns) => cloud.owner.mns.removeQueue('lost')],
  ['its topic', 1, (cloud: Mns) => cloud.owner.mns.topics.delete('news')],
])('a push ends without %s, which was taken away meanwhile', async (_what, attempts, takeAway) => {
  const cloud = furnished();
  cloud.owner.mns.addQueue('lost');
  const endpoint = FUNCTION.replace('/f', '/gone');
  subscribe(cloud.world, cloud.owner, 'news', 's', { endpoint, deadLetterQueue: 'lost' });
  publishToTopic(cloud.world, cloud.owner, 'news', { body: 'x' });
  await cloud.clock.advance(0);
  takeAway(cloud);
  await cloud.clock.advance(2 * MINUTE);
  await mnsIdle(cloud.world);
  expect(cloud.owner.mns.undelivered).toMatchObject([{ attempts, nextAttemptAt: null }]);
});

it('the weather meets a push by its topic and subscription', async () => {
  const cloud = furnished();
  const met: WeatherCall[] = [];
  const matches = (call: WeatherCall): boolean => {
    met.push(call);
    return false;
  };
  cloud.world.weather.faults.push({ at: 'dropped', matches });
  await published(cloud, { endpoint: FUNCTION });
  expect(met).toEqual([
    { service: 'mns', operation: 'Push', accessKeyId: '', input: { topic: 'news', subscription: 's' } },
  ]);
});

it('retries come 10 to 20 seconds apart, three of them', () => {
  expect([0, 0.5, 0.9999].map((drawn) => [...retryPauses('BACKOFF_RETRY', () => drawn)])).toEqual([
    [10_000, 10_000, 10_000],
    [15_000, 15_000, 15_000],
    [19_999, 19_999, 19_999],
  ]);
});

it('retries with decay come after 1 to 512 seconds, 176 of them', () => {
  const pauses = [...retryPauses('EXPONENTIAL_DECAY_RETRY', () => 0)];
  expect(pauses.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512].map((s) => s * 1000));
  expect([pauses.length, new Set(pauses.slice(9))]).toEqual([176, new Set([512_000])]);
});
