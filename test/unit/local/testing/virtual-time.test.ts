import { expect, it, onTestFinished } from 'vitest';
import { publishToTopic } from '../../../../local/cloud/mns/index.ts';
import { randomStream, type WeatherOptions } from '../../../../local/cloud/weather.ts';
import { startLocalCloud } from '../../../../local/local-cloud.ts';
import { globalsOf } from '../../../../local/testing/globals.ts';
import { calls, on } from '../../../../local/testing/stub.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';

/** The built functions on the local cloud, everything in them on one virtual clock. */
async function started(weather: WeatherOptions = {}) {
  const clock = new VirtualClock();
  const globals = globalsOf(clock, randomStream(weather.seed ?? 1, 'bundles'));
  const cloud = await startLocalCloud({ root: process.cwd(), clock, deadlines: clock, globals, weather });
  onTestFinished(() => cloud.close());
  const { world, owner, requester, ready } = cloud;
  const start = clock.now();
  return {
    ...cloud,
    /** Sends one request, lets everything come to rest, and answers the replies' statuses and how long it took. */
    async grant(): Promise<{ replies: string[]; tookMs: number }> {
      const request = { requesterUid: requester.uid, engines: ['lindorm', 'redis'] };
      publishToTopic(world, owner, ready.requestTopic, { body: JSON.stringify(request) });
      await clock.during(cloud.idle());
      const { messages } = requester.mns.queue(ready.replyQueue.name);
      const replies = messages.map(({ body }) => String(JSON.parse(body).data.status));
      return { replies, tookMs: clock.now() - start };
    },
    /** The calls, each with when it ended: equal for two runs only if they went the same way. */
    history: () =>
      calls(world).map(({ service, operation, status, endedAt }) =>
        [service, operation, status, endedAt - start].join(' '),
      ),
  };
}

it('in calm weather nothing takes time', async () => {
  const { grant } = await started();
  expect(await grant()).toEqual({ replies: ['verified'], tookMs: 0 });
});

it('calls that each take nine seconds are waited for, and none is made twice', async () => {
  const calm = await started();
  const slow = await started({ latencyMs: 9_000 });
  await calm.grant();
  const { replies, tookMs } = await slow.grant();
  expect(replies).toEqual(['verified']);
  expect(tookMs).toBeGreaterThan(5 * 9_000);
  const names = (of: typeof calm) =>
    calls(of.world)
      .map((call) => call.operation)
      .sort();
  expect(names(slow)).toEqual(names(calm));
});

it('a call that outlasts the patience of its client is one whose answer is lost', async () => {
  const { grant, world } = await started();
  on(world, 'ram', 'CreateRole').delays(11_000, { times: 1 });
  const { replies, tookMs } = await grant();
  expect(replies).toEqual(['verified']);
  expect(tookMs).toBeGreaterThanOrEqual(10_000);
});

it('retries of Function Compute, after those of the client, pass in no real time', async () => {
  const { grant, world, host } = await started();
  on(world, 'ram', 'CreateRole').rejects('ServiceUnavailable', { times: 8 });
  const { replies, tookMs } = await grant();
  expect(replies).toEqual(['verified']);
  expect(calls(world, 'ram', 'CreateRole').length).toBe(9);
  expect(host.logs.filter(({ line }) => line.includes('invocation-failed')).length).toBe(1);
  expect(tookMs).toBeGreaterThan(500);
});

it('the patience of verify passes as fast', async () => {
  const { grant, world } = await started();
  on(world, 'sts', 'AssumeRole', ({ accessKeyId }) => accessKeyId.startsWith('STS.')).rejects(
    'EntityNotExist.Role',
    { times: 6 },
  );
  const { replies, tookMs } = await grant();
  expect(replies).toEqual(['verified']);
  expect(tookMs).toBe(1_000 + 2_000 + 4_000);
});

it('the same seed goes the same way, another does not', async () => {
  const stormy = async (seed: number): Promise<string[]> => {
    const weather: WeatherOptions = {
      seed,
      latencyMs: { min: 5, max: 200 },
      chances: [{ rate: 0.3, kind: 'throttled' }],
      messages: { duplicate: 0.5 },
    };
    const { grant, history } = await started(weather);
    await grant();
    return history();
  };
  const once = await stormy(3);
  expect(once.length).toBeGreaterThan(20);
  expect(await stormy(3)).toEqual(once);
  expect(await stormy(4)).not.toEqual(once);
});
