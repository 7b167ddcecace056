import { expect, it } from 'vitest';
import { briefly } from '../../../functions/verify/briefly.ts';
import { TestClock } from '../../kit/clock.ts';
import { contextOf, invocationOf } from '../../kit/invocation.ts';

const clock = new TestClock();

it.each([
  ['20 s', 180_000, 20_000],
  ['what is left but for 20 s', 30_000, 10_000],
  ['no time at all', 20_000, 0],
])('a look at a role whose request has failed takes %s at most', (_most, left, most) => {
  const invocation = invocationOf(contextOf('verify'), left, { clock });
  expect(briefly(invocation)).toEqual({ ...invocation, deadline: clock.now() + most });
});
