import { afterEach, expect, it } from 'vitest';
import { type Match, on } from '../../local/testing/stub.ts';
import { readVerdict } from '../../shared/verification/verdict.ts';
import { sweepFigures } from '../bench/sweep.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { attach } from '../kit/by-hand.ts';
import { ALL_CASES } from '../kit/cases.ts';
import { listOf, populate, uidOf } from '../kit/populate.ts';
import { ROLE, roleOf } from '../kit/roles.ts';
import { checksThat, type TestCloud } from '../kit/test-cloud.ts';
import { HOUR } from '../kit/time.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

type Cloud = Awaited<ReturnType<typeof weatherCloud>>;
let cloud: Cloud;
let open: Cloud | null = null;
const start = async (
  options: Parameters<typeof weatherCloud>[0] = {},
  environment = {},
  requesters?: object,
) => {
  cloud = await weatherCloud(options, () => ({
    environment,
    ...(requesters === undefined ? {} : { requesters }),
  }));
  open = cloud;
};
afterEach(async () => {
  await open?.close();
  open = null;
});

const sweep = async () => {
  await cloud.clock.advance(HOUR);
  await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
  return cloud.replies();
};
const verdictOf = (name = ROLE) => readVerdict(cloud.owner.ram.findRole(name)?.tags ?? new Map())?.status;
/** What a log line says, of every line of an event. */
const logged = (event: string) =>
  cloud.host.logs.flatMap(({ line }) =>
    line.includes(`"event":"${event}"`) ? [JSON.parse(line.slice(line.indexOf('{')))] : [],
  );

it('drift is told once, in a reply that its requester receives, and verify writes nothing', async () => {
  await start();
  await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
  expect(await sweep()).toEqual([]);
  expect(verdictOf()).toBe('verified');
  await attach(cloud);
  cloud.forget();
  const [reply, ...more] = await sweep();
  expect(more).toEqual([]);
  expect(reply?.data).toMatchObject({ status: 'changed', requesterUid: REQUESTER });
  expect(reply === undefined ? [] : checksThat(reply, 'fail')).toEqual(['policies-attached']);
  // The verdict, and on verify's own role how far ActionTrail was read.
  expect(cloud.writes()).toEqual(['TagResources', 'TagResources']);
  expect(verdictOf()).toBe('failed');
  cloud.forget();
  expect(await sweep()).toEqual([]);
  expect(cloud.writes()).toEqual(['TagResources']);
  expect(logged('swept').map(({ detail }) => JSON.parse(detail).changed)).toEqual([0, 1, 0]);
});

it('what the reply topic refused is not remembered as told: the next sweep tells it', async () => {
  await start();
  await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
  await sweep();
  await attach(cloud);
  const toReplies: Match = ({ input }) => JSON.stringify(input).includes(cloud.ready.replyTopic);
  on(cloud.world, 'mns', 'PublishMessage', toReplies).rejects('AccessDenied');
  expect(await sweep()).toEqual([]);
  expect(verdictOf()).toBe('verified');
  cloud.world.weather.reset();
  expect((await sweep()).map(({ data }) => data.status)).toEqual(['changed']);
  expect(verdictOf()).toBe('failed');
});

it('with HEAL=true the next sweep finds it mended', async () => {
  await start({}, { HEAL: 'true' });
  await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
  await sweep();
  await attach(cloud);
  expect((await sweep()).map(({ data }) => data.problem?.code)).toEqual(['verification-failed']);
  expect(roleOf(cloud)?.attachments.map(({ policyName }) => policyName)).toEqual([
    'DmsCrossAccountPolicy-redis',
  ]);
  expect((await sweep()).map(({ data }) => [data.status, data.problem])).toEqual([['changed', null]]);
  expect(await sweep()).toEqual([]);
});

it('too many to be drift: one line that operators are woken by, and no repair', async () => {
  await start({}, { HEAL: 'true' }, listOf(12));
  await populate(cloud.world, cloud.owner, 12);
  for (let n = 0; n < 4; n += 1) await attach(cloud, `dms-cross-account-${uidOf(n)}`);
  await sweep();
  expect(logged('sweep-refused').map(({ detail }) => detail)).toEqual([
    expect.stringContaining('4 of 12 roles'),
  ]);
  expect(cloud.owner.ram.findRole(`dms-cross-account-${uidOf(0)}`)?.attachments).toHaveLength(2);
});

it('a sweep that runs out of time is handed on until every role was looked at, each once', async () => {
  const count = 200;
  await start({ latencyMs: 9_000 }, {}, listOf(count));
  await populate(cloud.world, cloud.owner, count);
  await sweep();
  const parts = logged('swept').map(({ detail }) => JSON.parse(detail));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map(({ after }) => after !== null)).toEqual([...Array(parts.length - 1).fill(true), false]);
  expect(parts.reduce((sum, { roles }) => sum + roles, 0)).toBe(count);
  const looked = cloud
    .calls('ram')
    .filter(({ operation, caller }) => operation === 'GetRole' && isVerify(caller));
  expect(looked).toHaveLength(count);
  expect(logged('invocation-failed')).toEqual([]);
});

it('killed at any of its calls, it is followed by one that tells everything', async () => {
  await start();
  await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
  await sweep();
  for (let call = 1; ; call += 1) {
    const broken = call % 2 === 1;
    const policy = { PolicyName: 'AdministratorAccess', PolicyType: 'System', RoleName: ROLE };
    await cloud.byHand(broken ? 'AttachPolicyToRole' : 'DetachPolicyFromRole', policy);
    const when = call % 4 < 2 ? 'before' : 'after';
    cloud.world.weather.killAt({ role: 'dms-handshake-verify', call, when });
    const told = await sweep();
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect([call, verdictOf()]).toEqual([call, broken ? 'failed' : 'verified']);
    if (cloud.world.weather.killsPending > 0) {
      expect(call).toBeGreaterThan(8);
      return;
    }
  }
});

/** The bench sweeps a thousand. Of fewer the share of what a sweep does before its first role is larger. */
const MANY = ALL_CASES ? 1_000 : 500;

it('many roles under the published rates', async () => {
  const figures = await sweepFigures(MANY);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(figures.seconds).toBeLessThanOrEqual(1.2 * figures.quotaFloorSeconds);
  expect(figures.callsPerRole).toBeLessThanOrEqual(4);
  expect(figures.policyReads).toBe(figures.distinctPolicies);
  expect(figures.throttled).toBe(0);
});

const isVerify = (caller: ReturnType<TestCloud['calls']>[number]['caller']) =>
  caller?.principal.type === 'role' && caller.principal.roleName === 'dms-handshake-verify';
