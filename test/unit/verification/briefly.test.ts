import { expect, it } from 'vitest';
import { briefly } from '../../../functions/verify/briefly.ts';
import type { Invocation } from '../../../shared/runtime/handler.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';

const clock = new TestClock();
const context = {
  requestId: 'call-1',
  credentials: { accessKeyId: 'a', accessKeySecret: 'b', securityToken: 'c' },
  function: { name: 'dms-handshake-verify', timeout: 180 },
  region: 'cn-hangzhou',
  accountId: OWNER,
};
const until = (ms: number): Invocation => ({
  clock,
  deadline: millis(clock.now() + ms),
  attempt: 0,
  payload: '',
  context,
});

it.each([
  ['20 s', 180_000, 20_000],
  ['what is left but for 20 s', 30_000, 10_000],
  ['no time at all', 20_000, 0],
])('a look at a role whose request has failed takes %s at most', (_most, left, most) => {
  const invocation = until(left);
  expect(briefly(invocation)).toEqual({ ...invocation, deadline: clock.now() + most });
});
