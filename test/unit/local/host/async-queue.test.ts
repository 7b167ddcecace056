import { describe, expect, it } from 'vitest';
import { AsyncQueue, type Attempt, THROTTLED_MS, type Verdict } from '../../../../local/host/async-queue.ts';
import { TestClock } from '../../../kit/clock.ts';

const answered = (errorType: string | null, statusCode = 200): Attempt => ({
  body: Buffer.alloc(0),
  errorType,
  statusCode,
});
const DONE = answered(null);
const THREW = answered('UnhandledInvocationError');
const DENIED = answered('AccessDenied', 403);
const BROKE = answered('InternalServerError', 500);
/** No instance was free. */
const BUSY = null;

interface Rules {
  readonly retries?: number;
  readonly age?: number;
  readonly retriesOwn?: boolean;
  readonly spread?: (ms: number) => number;
  readonly ended?: AbortSignal;
}

/** What becomes of one event whose tries come to `tries`, the last one again and again; and when it was tried, in ms. */
async function fate(tries: readonly (Attempt | null)[], rules: Rules = {}) {
  const clock = new TestClock();
  const began = clock.now();
  const at: number[] = [];
  const verdicts: Verdict[] = [];
  const queue = new AsyncQueue({
    clock,
    maxRetryAttempts: rules.retries ?? 3,
    maxEventAgeMs: rules.age ?? THROTTLED_MS,
    retriesOwnFailures: rules.retriesOwn ?? true,
    spread: rules.spread ?? ((ms) => ms),
    ended: rules.ended ?? new AbortController().signal,
    start: () => {
      at.push(clock.now() - began);
      const found = tries[Math.min(at.length, tries.length) - 1] ?? null;
      return found === null ? null : Promise.resolve(found);
    },
    finish: async (_event, verdict) => void verdicts.push(verdict),
  });
  await queue.push({ requestId: 'r-1', payload: Buffer.alloc(0), acceptedAt: began });
  return { at, verdicts, backlog: queue.backlog };
}

describe('an asynchronous event', () => {
  it.each<
    [what: string, tries: readonly (Attempt | null)[], rules: Rules, at: readonly number[], verdict: Verdict]
  >([
    ['succeeds', [DONE], {}, [0], { condition: 'Success', attempt: DONE, attempts: 1 }],
    [
      'fails as often as it may',
      [THREW],
      { retries: 2 },
      [0, 500, 1_500],
      { condition: 'Failed', attempt: THREW, attempts: 3 },
    ],
    [
      'is refused for the keys of the function: that counts as a failure of the function',
      [DENIED],
      { retries: 0, retriesOwn: true },
      [0],
      { condition: 'Failed', attempt: DENIED, attempts: 1 },
    ],
    [
      'waits and fails by turns, each with pauses of its own',
      [BUSY, THREW, BUSY, DONE],
      {},
      [0, 500, 1_000, 2_000],
      { condition: 'Success', attempt: DONE, attempts: 2 },
    ],
    [
      'is as old as it may become: it is tried',
      [THREW],
      { age: 500 },
      [0, 500],
      { condition: 'EventAgeExceeded', attempt: THREW, attempts: 2 },
    ],
    [
      'is older: it is not',
      [THREW],
      { age: 499 },
      [0],
      { condition: 'EventAgeExceeded', attempt: THREW, attempts: 1 },
    ],
    [
      'finds no instance within five hours, the last instant included',
      [BUSY],
      { spread: () => THROTTLED_MS },
      [0, THROTTLED_MS],
      { condition: 'Throttled', attempt: null, attempts: 0 },
    ],
    [
      'would be tried only after five hours',
      [BUSY],
      { spread: () => THROTTLED_MS + 1 },
      [0],
      { condition: 'Throttled', attempt: null, attempts: 0 },
    ],
    [
      'meets a platform that breaks and tries no more',
      [BROKE],
      { retriesOwn: false },
      [0],
      { condition: 'Failed', attempt: BROKE, attempts: 1 },
    ],
    [
      'meets a platform that breaks for five hours: that is no attempt of the function',
      [BROKE],
      { retries: 0, spread: () => THROTTLED_MS },
      [0, THROTTLED_MS],
      { condition: 'Failed', attempt: BROKE, attempts: 2 },
    ],
    [
      'finds no instance after the platform broke',
      [BROKE, BUSY],
      { spread: () => THROTTLED_MS },
      [0, THROTTLED_MS],
      { condition: 'Throttled', attempt: BROKE, attempts: 1 },
    ],
  ])('%s', async (_what, tries, rules, at, verdict) => {
    expect(await fate(tries, rules)).toEqual({ at, verdicts: [verdict], backlog: 0 });
  });

  it('that waits when the cloud ends is neither tried again nor told of', async () => {
    const cloud = new AbortController();
    const spread = () => {
      cloud.abort();
      return 0;
    };
    expect(await fate([BUSY, DONE], { ended: cloud.signal, spread })).toEqual({
      at: [0],
      verdicts: [],
      backlog: 0,
    });
  });
});
