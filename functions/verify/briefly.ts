import type { Invocation } from '../../shared/runtime/handler.ts';
import { millis } from '../../shared/runtime/millis.ts';

/** Milliseconds that the look at a role may take whose request is said to have failed: RAM may be the reason. */
const LOOK_MS = 20_000;

/** The invocation, for that look: it leaves as much time for what is said if it finds nothing. */
export const briefly = (invocation: Invocation): Invocation => ({
  ...invocation,
  deadline: millis(Math.min(invocation.deadline - LOOK_MS, invocation.clock.now() + LOOK_MS)),
});
