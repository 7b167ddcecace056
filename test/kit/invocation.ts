import type { FunctionContext } from '../../shared/runtime/context.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { OWNER } from './accounts.ts';
import { TestClock } from './clock.ts';

export const KEYS = { accessKeyId: 'STS.a', accessKeySecret: 'b', securityToken: 'c' };

/** What the platform says of a function of account B, by the last part of its name. */
export const contextOf = (
  name: 'intake' | 'notify' | 'provision' | 'verify',
  timeout = 180,
): FunctionContext => ({
  requestId: 'call-1',
  credentials: KEYS,
  function: { name: `dms-handshake-${name}`, timeout },
  region: 'cn-hangzhou',
  accountId: OWNER,
});

/** An invocation that has `left` ms; `over` replaces what a test is about. */
export function invocationOf(
  context: FunctionContext,
  left: number,
  over: Partial<Invocation> = {},
): Invocation {
  const { clock = new TestClock() } = over;
  return { deadline: millis(clock.now() + left), attempt: 0, payload: '', context, ...over, clock };
}
