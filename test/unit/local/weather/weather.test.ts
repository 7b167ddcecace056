import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { Weather } from '../../../../local/cloud/weather/weather.ts';
import { type Chance, publishedQuotas } from '../../../../local/cloud/weather.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';
import { MINUTE, SECOND } from '../../../kit/time.ts';
import { weather } from './bench.ts';

const every = () => true;
const nobody = () => null;
const sameKey = (accessKeyId: string): string => accessKeyId;
const count = (said: readonly string[], what: string): number => said.filter((one) => one === what).length;

it('calm: a call has its effect at once', async () => {
  const { pass, clock } = weather();
  expect(await pass()).toBe('answer+');
  expect(clock.waits).toEqual([]);
});

describe('latency', () => {
  it('is added to every call', async () => {
    const { many, clock } = weather({ latencyMs: 40 });
    const before = clock.now();
    await many(3);
    expect(clock.now() - before).toBe(120);
  });

  it('of a range is drawn between its ends, both included, the same for the same seed', async () => {
    const drawn = async (seed: number): Promise<number[]> => {
      const { pass, clock } = weather({ seed, latencyMs: { min: 1, max: 3 } });
      const times: number[] = [];
      for (let n = 0; n < 60; n += 1) {
        const before = clock.now();
        await pass();
        times.push(clock.now() - before);
      }
      return times;
    };
    const times = await drawn(5);
    expect(new Set(times)).toEqual(new Set([1, 2, 3]));
    expect(await drawn(5)).toEqual(times);
    expect(await drawn(6)).not.toEqual(times);
  });
});

describe('faults', () => {
  it.each([
    ['before', '503 ServiceUnavailable'],
    ['after', '500 InternalError+'],
    ['lost', 'hung up+'],
    ['dropped', 'hung up'],
    ['throttled', '400 Throttling.User'],
    ['delayed', 'answer+'],
  ] as const)('%s', async (at, said) => {
    const { many } = weather({ faults: [{ at, matches: every }] });
    expect(await many(2)).toEqual([said, 'answer+']);
  });

  it('carry an error of their own', async () => {
    const error = new ApiError(409, 'EntityAlreadyExists.Role', 'There.');
    const { pass } = weather({ faults: [{ at: 'before', error, matches: every }] });
    expect(await pass()).toBe('409 EntityAlreadyExists.Role');
  });

  it('meet what they match, as often as they say, the first one first', async () => {
    const { many, pass } = weather({
      faults: [
        { at: 'before', matches: ({ input }) => input['RoleName'] === 'x', times: 2 },
        { at: 'dropped', matches: ({ operation }) => operation === 'GetRole', times: Infinity },
      ],
    });
    expect(await many(3, { input: { RoleName: 'x' } })).toEqual([
      '503 ServiceUnavailable',
      '503 ServiceUnavailable',
      'hung up',
    ]);
    expect(await pass({ operation: 'ListRoles' })).toBe('answer+');
  });

  it('delay a call beside its latency', async () => {
    const { pass, clock } = weather({
      latencyMs: 10,
      faults: [{ at: 'delayed', delayMs: 500, matches: every }],
    });
    const before = clock.now();
    await pass();
    expect(clock.now() - before).toBe(510);
  });

  it.each([
    ['ram', '400 Throttling.User'],
    ['r-kvstore', '400 Throttling.User'],
    ['sts', '429 Throttling.User'],
    ['mns', '429 TooManyRequests'],
    ['fc', '429 ResourceThrottled'],
  ])('throttle %s in its own words', async (service, said) => {
    const { pass } = weather({ faults: [{ at: 'throttled', matches: every }] });
    expect(await pass({ service })).toBe(said);
  });
});

describe('chance', () => {
  const half: Chance = { rate: 0.5, kind: 'throttled' };

  it('strikes its share of the calls, the same ones for the same seed', async () => {
    const said = await weather({ seed: 3, chances: [half] }).many(400);
    expect(count(said, '400 Throttling.User')).toBeGreaterThan(150);
    expect(count(said, 'answer+')).toBeGreaterThan(150);
    expect(await weather({ seed: 3, chances: [half] }).many(400)).toEqual(said);
    expect(await weather({ seed: 4, chances: [half] }).many(400)).not.toEqual(said);
  });

  it('of 0 never, of 1 always', async () => {
    const { many } = weather({
      chances: [
        { rate: 0, kind: 'dropped' },
        { rate: 1, kind: 'lost' },
      ],
    });
    expect(new Set(await many(50))).toEqual(new Set(['hung up+']));
  });

  it('leaves alone what it does not match, without using up a draw', async () => {
    const chances: Chance[] = [{ ...half, matches: ({ service }) => service === 'ram' }];
    const { many, pass } = weather({ chances });
    const plain = await weather({ chances }).many(20);
    const mixed: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      expect(await pass({ service: 'sts' })).toBe('answer+');
      mixed.push(...(await many(1)));
    }
    expect(mixed).toEqual(plain);
  });

  it('draws the same whatever the latency draws', async () => {
    const plain = await weather({ chances: [half] }).many(50);
    const slow = await weather({ chances: [half], latencyMs: { min: 1, max: 9 }, staleReadsMs: 9 }).many(50);
    expect(slow).toEqual(plain);
  });
});

describe('outages', () => {
  it('last from an instant until just before another, for one service', async () => {
    const { weather: made, pass, clock } = weather();
    const now = clock.now();
    made.outages.push({ service: 'ram', from: now + 1_000, until: now + 2_000 });
    expect(await pass()).toBe('answer+');
    clock.advance(SECOND);
    expect(await pass()).toBe('503 ServiceUnavailable');
    expect(await pass({ service: 'sts' })).toBe('answer+');
    clock.advance(SECOND);
    expect(await pass()).toBe('answer+');
  });

  it('close the connection, if they say so', async () => {
    const { weather: made, pass, clock } = weather();
    made.outages.push({ service: 'ram', from: 0, until: clock.now() + 1, kind: 'dropped' });
    expect(await pass()).toBe('hung up');
  });

  it('meet a call at the time when it arrives, not when it left', async () => {
    const { weather: made, pass, clock } = weather({ latencyMs: 1_000 });
    made.outages.push({ service: 'ram', from: clock.now() + 500, until: clock.now() + 1_500 });
    expect(await pass()).toBe('503 ServiceUnavailable');
  });
});

describe('quotas', () => {
  it.each([
    ['ram', 'AttachPolicyToRole', 10],
    ['ram', 'DetachPolicyFromRole', 10],
    ['ram', 'CreateRole', 20],
    ['ram', 'DeleteRole', 20],
    ['ram', 'DeletePolicy', 20],
    ['ram', 'CreatePolicyVersion', 20],
    ['ram', 'TagResources', 20],
    // A write, whatever its name holds.
    ['ram', 'UpdateTargetList', 20],
    ['ram', 'GetRole', 100],
    ['ram', 'ListPoliciesForRole', 100],
    ['ram', 'ListPolicies', 100],
    ['ram', 'ListEntitiesForPolicy', 100],
    ['sts', 'AssumeRole', 100],
    ['sts', 'GetCallerIdentity', 100],
    ['actiontrail', 'LookupEvents', 2],
  ])('%s %s: %d a second', async (service, operation, perSecond) => {
    const { many, clock } = weather({ quotas: 'published' });
    const call = { service, operation };
    const first = await many(perSecond + 5, call);
    expect(count(first, 'answer+')).toBe(perSecond);
    expect(first.at(-1)).toBe(`${service === 'sts' ? 429 : 400} Throttling.User`);
    clock.advance(SECOND / 2);
    expect(count(await many(perSecond, call), 'answer+')).toBe(perSecond / 2);
    clock.advance(MINUTE);
    expect(count(await many(perSecond + 5, call), 'answer+')).toBe(perSecond);
  });

  it('count every account and every operation apart', async () => {
    const { many } = weather({ quotas: 'published' });
    const attach = { operation: 'AttachPolicyToRole' };
    await many(11, attach);
    expect(count(await many(10, { ...attach, accessKeyId: '1/other' }), 'answer+')).toBe(0);
    expect(count(await many(10, { ...attach, accessKeyId: '2/someone' }), 'answer+')).toBe(10);
    expect(count(await many(10, { operation: 'DetachPolicyFromRole' }), 'answer+')).toBe(10);
  });

  it('lose nothing to small steps of the clock', async () => {
    const { many, clock } = weather({ quotas: publishedQuotas });
    await many(10, { operation: 'AttachPolicyToRole' });
    for (let n = 0; n < 10; n += 1) clock.advance(10);
    expect(await many(2, { operation: 'AttachPolicyToRole' })).toEqual(['answer+', '400 Throttling.User']);
  });

  it('are off by default, and may be chosen', async () => {
    expect(count(await weather().many(500), 'answer+')).toBe(500);
    const quotas = [{ service: 'mns', operations: /^SendMessage$/, perSecond: 2 }];
    const said = await weather({ quotas }).many(3, { service: 'mns', operation: 'SendMessage' });
    expect(said).toEqual(['answer+', 'answer+', '429 TooManyRequests']);
  });

  it('do not count what an outage refused', async () => {
    const { weather: made, many, clock } = weather({ quotas: 'published' });
    made.outages.push({ service: 'ram', from: 0, until: clock.now() + 1 });
    await many(50, { operation: 'CreateRole' });
    made.outages = [];
    expect(count(await many(21, { operation: 'CreateRole' }), 'answer+')).toBe(20);
  });
});

describe('a killed caller', () => {
  it('gets no answer any more, and has no effect; others do', async () => {
    const { weather: made, many, pass } = weather();
    made.kill('1/someone');
    expect(await many(2)).toEqual(['hung up', 'hung up']);
    expect(await pass({ accessKeyId: '1/other' })).toBe('answer+');
    expect([made.isDead('1/someone'), made.isDead('1/other')]).toEqual([true, false]);
  });

  it.each([
    ['before', ['answer+', 'answer+', 'hung up', 'hung up']],
    ['after', ['answer+', 'answer+', 'hung up+', 'hung up']],
  ] as const)('dies %s its third call', async (when, said) => {
    const { weather: made, many } = weather();
    made.killAt({ call: 3, when });
    expect(made.killsPending).toBe(1);
    expect(await many(4)).toEqual(said);
    expect(made.killsPending).toBe(0);
  });

  it('is found by its role, whatever the case, and by what it calls', async () => {
    const { weather: made, pass } = weather();
    made.killAt({
      role: 'Provision',
      matches: ({ operation }) => operation === 'CreateRole',
      call: 1,
      when: 'before',
    });
    const provision = { accessKeyId: '1/provision' };
    expect(await pass({ operation: 'CreateRole' })).toBe('answer+');
    expect(await pass(provision)).toBe('answer+');
    expect(await pass({ ...provision, operation: 'CreateRole' })).toBe('hung up');
    expect(await pass({ ...provision, accessKeyId: '1/PROVISION' })).toBe('answer+');
  });

  it('dies with all that it assumed, and of a call under a session that it assumed', async () => {
    const { weather: made, pass } = weather({}, (accessKeyId) => accessKeyId.replace(/^of-/, ''));
    made.killAt({ matches: ({ accessKeyId }) => accessKeyId === 'of-one', call: 1, when: 'before' });
    expect(await pass({ accessKeyId: 'of-one' })).toBe('hung up');
    expect(await pass({ accessKeyId: 'one' })).toBe('hung up');
    expect(await pass({ accessKeyId: 'of-two' })).toBe('answer+');
    made.kill('two');
    expect(await pass({ accessKeyId: 'of-two' })).toBe('hung up');
  });

  it('dies of a call that fails, too', async () => {
    const { weather: made, many } = weather({ faults: [{ at: 'before', matches: every }] });
    made.killAt({ call: 1, when: 'after' });
    expect(await many(2)).toEqual(['hung up', 'hung up']);
  });

  it('the nth order counts from when it was given', async () => {
    const { weather: made, many } = weather();
    await many(5);
    made.killAt({ call: 2, when: 'before' });
    expect(await many(2)).toEqual(['answer+', 'hung up']);
  });

  it('what the cloud does by itself cannot die', async () => {
    const { weather: made, many } = weather();
    made.killAt({ call: 1, when: 'before' });
    expect(await many(2, { service: 'mns', operation: 'Push', accessKeyId: '' })).toEqual([
      'answer+',
      'answer+',
    ]);
  });

  it('what it has under way takes effect, and nobody hears of it', async () => {
    const clock = new VirtualClock();
    const made = new Weather(clock, { latencyMs: 10 }, nobody, sameKey, new AbortController().signal);
    const effects: string[] = [];
    const call = (operation: string) =>
      made.pass({ service: 'ram', operation, accessKeyId: 'k', input: {} }, () => effects.push(operation));
    made.killAt({ call: 2, when: 'before' });
    const settled = clock.during(Promise.allSettled([call('first'), call('second'), call('third')]));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(effects).toEqual(['first']);
  });
});

it('reset brings back what the options said, draws included', async () => {
  const {
    weather: made,
    many,
    pass,
  } = weather({
    faults: [{ at: 'before', matches: ({ operation }) => operation === 'DeleteRole' }],
    chances: [{ rate: 0.5, kind: 'dropped', matches: ({ operation }) => operation === 'GetRole' }],
    outages: [{ service: 'sts', from: 0, until: Infinity }],
    quotas: 'published',
  });
  const first = await many(30);
  expect(await pass({ operation: 'DeleteRole' })).toBe('503 ServiceUnavailable');
  made.kill('1/someone');
  made.killAt({ call: 99, when: 'after' });
  made.outages.push({ service: 'ram', from: 0, until: Infinity });
  made.latencyMs = 9;
  made.staleReadsMs = 9;
  made.reset();
  const outages = [{ service: 'sts', from: 0, until: Infinity }];
  expect([made.killsPending, made.outages, made.latencyMs, made.staleReadsMs]).toEqual([0, outages, 0, 0]);
  expect(await many(30)).toEqual(first);
  expect(await pass({ operation: 'DeleteRole' })).toBe('503 ServiceUnavailable');
  expect(await pass({ operation: 'DeleteRole' })).toBe('answer+');
});
