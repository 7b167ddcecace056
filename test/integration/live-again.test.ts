import { afterAll, beforeAll, expect, it } from 'vitest';
import { STEPS } from '../../cli/doctor/live/run.ts';
import type { Site } from '../../cli/site.ts';
import { ApiError } from '../../local/cloud/error.ts';
import { on, reset } from '../../local/testing/stub.ts';
import { type Clock, millis, systemClock } from '../../shared/runtime/clock.ts';
import { liveIn } from '../kit/live.ts';
import { toldBy } from '../kit/live-told.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

let cloud: TestCloud;
let live: Awaited<ReturnType<typeof liveIn>>['live'];
let owner: Site;
beforeAll(async () => {
  cloud = await testCloud();
  ({ live, owner } = await liveIn(cloud));
});
afterAll(() => cloud.close());

/** A clock on which a pause takes no time. */
const leaping = () => {
  const [started, leapt] = [systemClock.now(), { ms: 0 }];
  const clock: Clock = {
    now: () => millis(started + leapt.ms),
    sleep: async (ms) => {
      leapt.ms += ms;
    },
  };
  return { clock, leapt };
};
const named = (...names: readonly string[]) => STEPS.filter(({ name }) => names.includes(name));

it.each([
  [1, 'pass all was shown after N s'],
  [30, 'pass all was shown after N s'],
  [31, 'fail all was shown after N s (docs/explain/beliefs.md says which code rests on it)'],
])('a check that fails %i times is made again, as the cloud may take a while', async (times, words) => {
  const denied = new ApiError(403, 'NoPermission', 'No.');
  on(cloud.world, 'gdb-api', 'DescribeDBInstances').rejects(denied, { times });
  const { clock, leapt } = leaping();
  const steps = named('roles', 'grant');
  const told = toldBy(await live({ owner: { ...owner, clock }, steps, patienceMs: 90_000 }));
  reset(cloud.world);
  expect(told).toMatchObject({
    'live:grant': 'pass a grant of every engine, proved',
    'belief:gdb-prefix': 'pass gdb DescribeDBInstances was allowed',
    'belief:visible-in-a-minute': words,
  });
  expect(leapt.ms).toBe(times * 2_000);
});

it('a host that does not answer is told as one', async () => {
  on(cloud.world, 'gdb-api', 'DescribeDBInstances').hangsUp('before');
  const { clock } = leaping();
  const told = toldBy(await live({ owner: { ...owner, clock }, steps: named('roles', 'grant') }));
  reset(cloud.world);
  expect(told['belief:hosts']).toMatch(
    /^fail engine:gdb: gdb DescribeDBInstances: no answer \(\w+\), after \d+ attempts/,
  );
  expect(told['belief:harmless-codes']).toBe('pass no engine gave an unknown answer');
});

it('an event whose record never arrives fails its step', async () => {
  const { clock, leapt } = leaping();
  on(cloud.world, 'mns', 'ReceiveMessage', () => {
    leapt.ms += 10_000;
    return true;
  }).rejects('MessageNotExist');
  const told = toldBy(await live({ owner: { ...owner, clock }, steps: named('functions') }));
  reset(cloud.world);
  expect(told['live:functions']).toBe(
    'fail no record of the failed event arrived in the queue (put this right, then run doctor --live again)',
  );
});

it('what Lindorm takes is told as nothing that it said', async () => {
  on(cloud.world, 'hitsdb', 'UpdateInstanceIpWhiteList').resolves({});
  const told = toldBy(await live({ steps: named('lindorm') }));
  reset(cloud.world);
  expect(told['belief:lindorm-instance']).toBe(
    'pass of the granted one Lindorm said nothing, of another Forbbiden',
  );
});

it.each([
  ['grant', 'provision'],
  ['burst', 'verify'],
  ['replies', 'verify'],
])('%s without the roles that it stands on says which session there is none of', async (name, role) => {
  expect(toldBy(await live({ steps: named(name) }))[`live:${name}`]).toBe(
    `fail there is no session of ${role} (put this right, then run doctor --live again)`,
  );
});
