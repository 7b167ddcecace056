import { beforeEach, describe, expect, it } from 'vitest';
import { ROUND } from '../../shared/sweep/sample.ts';
import { VERDICT_TAG } from '../../shared/verification/verdict.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct } from '../kit/direct.ts';
import { roleOf } from '../kit/roles.ts';
import { type Sweeper, sweeper } from '../kit/sweeper.ts';
import { HOUR } from '../kit/time.ts';

let at: Direct;
let sweeping: Sweeper;
/** Whether Redis answers what nothing here knows: neither a success nor a refusal. */
let isUnknown: boolean;

beforeEach(async () => {
  isUnknown = false;
  at = await direct(true, { heal: false });
  const verifyPorts: Direct['verifyPorts'] = () => {
    const ports = at.verifyPorts();
    const probe: typeof ports.prober.probe = async (id, session) =>
      isUnknown && id === 'redis' ? UNKNOWN : ports.prober.probe(id, session);
    return { ...ports, prober: { probe } };
  };
  sweeping = sweeper({ ...at, verifyPorts });
});

const UNKNOWN = { kind: 'untried', detail: 'DescribeInstances: Some.NewCode (HTTP 400)' } as const;

const grant = () => sweeping.request({ requesterUid: REQUESTER, engines: ['lindorm', 'redis'] });

/** Sweeps each hour, and answers the replies with the hour in which they came. */
async function sweepFor(hours: number) {
  const told: { hour: number; status: string; prerequisites: readonly string[] }[] = [];
  for (let hour = 1; hour <= hours; hour += 1) {
    at.clock.advance(HOUR);
    sweeping.replies.length = 0;
    await sweeping.runAndDeliver();
    for (const { data } of sweeping.replies)
      told.push({ hour, status: data.status, prerequisites: data.prerequisites });
  }
  return told;
}
const verdict = () => roleOf(at)?.tags.get(VERDICT_TAG) ?? '';

describe('a check that passed and ends without an answer', () => {
  it('is told of once, a day after the sweep that met it first; the verdict keeps its time', async () => {
    await grant();
    await sweepFor(1);
    const verified = verdict();
    isUnknown = true;
    const told = await sweepFor(ROUND + 24 + 24);
    expect(told.map(({ status }) => status)).toEqual(['changed']);
    const [only] = told;
    expect(only?.prerequisites).toEqual([
      expect.stringMatching(/^since 20\S+Z could not be checked: redis \(.*Some\.NewCode.*\)$/),
    ]);
    const since = Date.parse(only?.prerequisites[0]?.split(' ')[1] ?? '');
    expect(at.clock.now() - since).toBeGreaterThanOrEqual(24 * HOUR);
    expect(verdict()).toBe(`${verified} unchecked redis`);
  });

  it('is not told of when it passes again within the day', async () => {
    await grant();
    await sweepFor(1);
    const verified = verdict();
    isUnknown = true;
    await sweepFor(ROUND);
    expect(verdict()).toMatch(/ unchecked since \S+ redis$/);
    isUnknown = false;
    expect(await sweepFor(30)).toEqual([]);
    expect(verdict()).toBe(verified);
  });

  it('is told of by the next sweep where the reply topic refuses to take it', async () => {
    await grant();
    await sweepFor(1);
    isUnknown = true;
    expect(await sweepFor(ROUND)).toEqual([]);
    const refused = 'PublishMessage reply';
    const onCall = (operation: string, subject: string) => {
      if (`${operation} ${subject}` === refused) throw new Error(refused);
    };
    at.clock.advance(25 * HOUR);
    await expect(sweeping.run({ onCall })).rejects.toThrow(refused);
    await sweeping.deliver();
    expect((await sweepFor(1)).map(({ status }) => status)).toEqual(['changed']);
  });

  it('is told of again when it has passed in between', async () => {
    await grant();
    await sweepFor(1);
    isUnknown = true;
    expect(await sweepFor(ROUND + 25)).toHaveLength(1);
    isUnknown = false;
    expect(await sweepFor(ROUND)).toEqual([]);
    isUnknown = true;
    expect(await sweepFor(ROUND + 25)).toHaveLength(1);
  });
});

it('a check that never had an answer is in the reply to the request, and not told of again', async () => {
  isUnknown = true;
  const reply = await grant();
  expect(reply?.data.prerequisites[0]).toMatch(/^could not be checked: redis/);
  expect(await sweepFor(ROUND + 50)).toEqual([]);
});
