import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { persist } from '../../../shared/alicloud/retry.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { TestClock } from '../../kit/clock.ts';
import { cloudError, failureIn, patienceOf, thrownBy } from './setup.ts';

const transient = () => cloudError({ code: 'InternalError', status: 500 });

/** Answers with the errors in order, then succeeds. */
function failing(...errors: Error[]) {
  const timeouts: number[] = [];
  const attempt = async (timeoutMs: number) => {
    const error = errors[timeouts.length];
    timeouts.push(timeoutMs);
    if (error !== undefined) throw error;
    return 'answer';
  };
  return { attempt, timeouts };
}

const always = (error: () => Error) => {
  const timeouts: number[] = [];
  const attempt = async (timeoutMs: number): Promise<never> => {
    timeouts.push(timeoutMs);
    throw error();
  };
  return { attempt, timeouts };
};

describe('a call is repeated', () => {
  it('not at all when it succeeds', async () => {
    const { attempt, timeouts } = failing();
    expect(await persist('RAM GetRole', patienceOf(), attempt)).toBe('answer');
    expect(timeouts).toEqual([10_000]);
  });

  it('until it succeeds', async () => {
    const clock = new TestClock();
    const { attempt, timeouts } = failing(transient(), transient(), transient());
    expect(await persist('RAM GetRole', patienceOf(clock), attempt)).toBe('answer');
    expect(timeouts).toHaveLength(4);
    expect(clock.waits).toEqual([100, 200, 400]);
  });

  it('seven times at most; then the event is to be delivered again', async () => {
    const clock = new TestClock();
    const { attempt, timeouts } = always(transient);
    const error = await thrownBy(persist('RAM GetRole', patienceOf(clock), attempt));
    expect(timeouts).toHaveLength(7);
    expect(clock.waits).toEqual([100, 200, 400, 800, 1_600, 2_500]);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toMatchObject({
      code: 'internal',
      message: 'RAM GetRole: InternalError (HTTP 500), after 7 attempts',
    });
  });

  it('as throttled when that is what it ended with', async () => {
    const { attempt } = always(() => cloudError({ code: 'Throttling.User' }));
    expect(await thrownBy(persist('RAM GetRole', patienceOf(), attempt))).toMatchObject({
      code: 'throttled',
      retryable: true,
    });
  });

  it('not when the answer is final, which is thrown as it is', async () => {
    for (const code of ['NoPermission', 'EntityNotExist.Role', 'InvalidParameter.RoleName']) {
      const final = cloudError({ code, status: 403 });
      const { attempt, timeouts } = failing(transient(), final);
      expect(await thrownBy(persist('RAM GetRole', patienceOf(), attempt))).toBe(final);
      expect(timeouts).toHaveLength(2);
    }
  });

  it('not for an error of our own', async () => {
    const bug = new TypeError('x is not a function');
    const { attempt, timeouts } = always(() => bug);
    expect(await thrownBy(persist('RAM GetRole', patienceOf(), attempt))).toBe(bug);
    expect(timeouts).toHaveLength(1);
  });
});

describe('the wait before a repetition', () => {
  it.each([
    ['the shortest', 0, [0, 0, 0, 0, 0, 0]],
    ['the longest', 1, [200, 400, 800, 1_600, 3_200, 5_000]],
  ])('is anything between nothing and twice the one before, to 5 s: %s', async (_what, random, waits) => {
    const clock = new TestClock();
    const { attempt } = always(transient);
    await thrownBy(persist('x', { ...patienceOf(clock), random: () => random }, attempt));
    expect(clock.waits).toEqual(waits);
  });

  it('is as long as the service asks, without jitter', async () => {
    const clock = new TestClock();
    const asked = cloudError({ code: 'Throttling.User', retryAfterMs: 1_234 });
    const { attempt } = failing(asked, transient());
    expect(await persist('x', patienceOf(clock), attempt)).toBe('answer');
    expect(clock.waits).toEqual([1_234, 200]);
  });

  it('is not begun when the service asks for longer than there is', async () => {
    const clock = new TestClock();
    const { attempt, timeouts } = always(() => cloudError({ code: 'Throttling', retryAfterMs: 3_600_000 }));
    const error = await thrownBy(persist('x', patienceOf(clock), attempt));
    expect(error).toMatchObject({ code: 'throttled', retryable: true });
    expect(timeouts).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });
});

describe('the time of the invocation', () => {
  it('cuts a call short', async () => {
    const { attempt, timeouts } = failing();
    const clock = new TestClock(1_000);
    await persist('x', { ...patienceOf(clock), deadline: millis(4_000) }, attempt);
    expect(timeouts).toEqual([3_000]);
  });

  it('keeps a call from being started that it would cut off', async () => {
    const { attempt, timeouts } = failing();
    const clock = new TestClock(1_000);
    const error = await thrownBy(
      persist('RAM GetRole', { ...patienceOf(clock), deadline: millis(1_249) }, attempt),
    );
    expect(timeouts).toEqual([]);
    expect(error).toBeInstanceOf(RetryableError);
    expect(failureIn(error)).toMatchObject({ what: 'RAM GetRole', code: 'OutOfTime', status: 0 });
  });

  it('is never exceeded, whatever calls cost and whatever the service asks for', async () => {
    const scenario = fc.record({
      start: fc.nat(1_000_000),
      budget: fc.nat(40_000),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      calls: fc.array(
        fc.record({
          // A call may use up the time that it was given, and no more.
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          retryAfterMs: fc.option(fc.nat(20_000)),
        }),
        { minLength: 7, maxLength: 7 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ start, budget, random, calls }) => {
        const clock = new TestClock(start);
        const deadline = millis(start + budget);
        const starts: number[] = [];
        const error = await thrownBy(
          persist('x', { clock, random: () => random, deadline }, async (timeoutMs) => {
            const call = calls[starts.length] ?? { share: 1, retryAfterMs: null };
            starts.push(clock.now());
            expect(timeoutMs).toBeLessThanOrEqual(Math.min(10_000, deadline - clock.now()));
            clock.advance(Math.floor(timeoutMs * call.share));
            throw cloudError({ code: 'Throttling', retryAfterMs: call.retryAfterMs });
          }),
        );
        expect(error).toBeInstanceOf(RetryableError);
        expect(error).not.toBeInstanceOf(CloudError);
        expect(starts.length).toBeLessThanOrEqual(7);
        expect(clock.waits.length).toBe(Math.max(0, starts.length - 1));
        for (const at of starts) expect(deadline - at).toBeGreaterThanOrEqual(250);
        expect(clock.now()).toBeLessThanOrEqual(deadline);
      }),
      { numRuns: 1_000 },
    );
  });
});
