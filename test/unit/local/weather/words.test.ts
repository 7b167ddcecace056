import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { drawFault } from '../../../../local/cloud/weather/fault.ts';
import { ConnectionLost, type Fault, Weather, type WeatherOptions } from '../../../../local/cloud/weather.ts';
import { TestClock } from '../../../kit/clock.ts';
import { weather } from './bench.ts';

const every = () => true;
const CALL = { service: 'ram', operation: 'GetRole', accessKeyId: '1/someone', input: {} };

/** What the caller of a call sees, in whole words. */
async function seen(made: Weather, service = 'ram'): Promise<unknown> {
  try {
    return await made.pass({ ...CALL, service }, () => 'answer');
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code}: ${error.message}`;
    return error instanceof ConnectionLost ? error.message : error;
  }
}

describe('what a fault shows', () => {
  const rows: readonly (readonly [Omit<Fault, 'matches'>, unknown])[] = [
    [{ at: 'before' }, '503 ServiceUnavailable: The service is unavailable.'],
    [{ at: 'after' }, '500 InternalError: An internal error occurred.'],
    [{ at: 'lost' }, 'the answer was lost'],
    [{ at: 'dropped' }, 'dropped before the effect'],
    [{ at: 'answered' }, {}],
    [{ at: 'answered', answer: { Role: 'another' } }, { Role: 'another' }],
    [{ at: 'delayed' }, 'answer'],
  ];

  it.each(rows)('%j: %j', async (fault, words) => {
    const made = weather({ faults: [{ ...fault, matches: every }] });
    expect(await seen(made.weather)).toEqual(words);
  });

  it.each([
    ['ram', '400 Throttling.User: Request was denied due to user flow control.'],
    ['sts', '429 Throttling.User: Request was denied due to user flow control.'],
    ['mns', '429 TooManyRequests: Too many requests. Slow down.'],
    ['fc', '429 ResourceThrottled: The request is throttled.'],
    ['selectdb', '400 QPS Limit Exceeded: Request was denied.'],
  ])('too many calls of %s: %s', async (service, words) => {
    const made = weather({ faults: [{ at: 'throttled', matches: every }] });
    expect(await seen(made.weather, service)).toBe(words);
  });

  it('a chance carries an error of its own', async () => {
    const error = new ApiError(409, 'EntityAlreadyExists.Role', 'There.');
    const made = weather({ chances: [{ rate: 1, kind: 'before', error }] });
    expect(await seen(made.weather)).toBe('409 EntityAlreadyExists.Role: There.');
  });

  it('a chance of a half does not strike at a half', () => {
    expect(drawFault([{ rate: 0.5, kind: 'lost' }], CALL, () => 0.5)).toBeNull();
    expect(drawFault([{ rate: 0.5, kind: 'lost' }], CALL, () => 0.49)).toMatchObject({ at: 'lost' });
  });
});

describe('who hangs up', () => {
  it('is a service that is down', async () => {
    const outages = [{ service: 'ram', from: 0, until: Infinity, kind: 'dropped' }] as const;
    expect(await seen(weather({ outages }).weather)).toBe('the service is down');
  });

  it('is the world that ends while a call is on its way', async () => {
    const { weather: made, end } = weather({ latencyMs: 10 });
    const call = seen(made);
    end.abort();
    expect(await call).toBe('the cloud has ended');
  });

  it.each([
    ['before', 'the caller is dead'],
    ['after', 'nobody is there to take the answer'],
  ] as const)('is a caller that is dead %s its call', async (when, words) => {
    const { weather: made } = weather();
    made.killAt({ call: 1, when });
    expect(await seen(made)).toBe(words);
    expect(await seen(made)).toBe('the caller is dead');
  });

  it.each([
    ['before', 'after'],
    ['after', 'before'],
  ] as const)('dies before the call where one order says %s and one %s', async (first, second) => {
    const { weather: made, pass } = weather();
    made.killAt({ call: 1, when: first });
    made.killAt({ call: 1, when: second });
    expect(await pass()).toBe('hung up');
  });

  it('is no user, where the order is for a role', async () => {
    const end = new AbortController();
    const sameKey = (key: string): string => key;
    const made = new Weather(new TestClock(), {}, () => null, sameKey, end.signal);
    made.killAt({ role: 'provision', call: 1, when: 'before' });
    expect([await seen(made), made.killsPending]).toEqual(['answer', 1]);
  });
});

/** A failure is told by its seed, and has to come again whoever runs it, and whenever. */
describe('what is drawn from seed 2', () => {
  const options: WeatherOptions = { seed: 2 };

  it('is this latency', async () => {
    const { many, clock } = weather({ ...options, latencyMs: { min: 0, max: 99 } });
    await many(8);
    expect(clock.waits).toEqual([41, 95, 52, 24, 18, 80, 42, 35]);
  });

  it('is this chance', async () => {
    const { many } = weather({ ...options, chances: [{ rate: 0.5, kind: 'dropped' }] });
    const [no, yes] = ['answer+', 'hung up'];
    expect(await many(8)).toEqual([yes, no, no, yes, no, yes, no, no]);
  });

  it('is this age, and nothing while readings are of now', () => {
    const { weather: made } = weather(options);
    expect(made.readingAge()).toBe(0);
    made.staleReadsMs = 100;
    expect([1, 2, 3, 4].map(() => Math.floor(made.readingAge()))).toEqual([58, 49, 56, 57]);
  });
});

it.each([
  [1, false, [0, 0, 0, 0, 0, 0], [507, 500]],
  [2, false, [1, 1, 0, 1, 0, 0], [797, 1109]],
  [3, true, [1, 1, 1, 0, 1, 0], [620, 1477]],
])('Function Compute under seed %d: tries again %s, fails %j, waits %j', (seed, retried, fails, waits) => {
  const { platform } = weather({ seed, platform: { failures: 0.5 } }).weather;
  expect(platform.retried).toBe(retried);
  expect(fails.map(() => Number(platform.fails()))).toEqual(fails);
  expect(waits.map(() => platform.spread(1000))).toEqual(waits);
  const chosen = weather({ seed, platform: { retried: !retried, spread: 0 } }).weather.platform;
  expect([chosen.retried, chosen.fails(), chosen.spread(1000)]).toEqual([!retried, false, 1000]);
});

it('calm weather has nothing in it, from the first or from when it is calmed', () => {
  const nothing = { latencyMs: 0, faults: [], chances: [], outages: [], quotas: [], staleReadsMs: 0 };
  expect(weather().weather).toMatchObject(nothing);
  const { weather: made } = weather({
    latencyMs: 9,
    faults: [{ at: 'lost', matches: every }],
    chances: [{ rate: 1, kind: 'lost' }],
    outages: [{ service: 'ram', from: 0, until: Infinity }],
    quotas: 'published',
    staleReadsMs: 9,
  });
  made.calm();
  expect(made).toMatchObject(nothing);
});
