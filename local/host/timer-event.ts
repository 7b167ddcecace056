import type { Millis } from '../../shared/runtime/clock.ts';
import type { TimerTrigger } from '../cloud/fc/trigger.ts';

/** The event of a timer trigger (vendor page "Timer triggers"): `{triggerTime, triggerName, payload}`, UTC without ms. */
export function timerEvent({ triggerName, triggerConfig: { payload } }: TimerTrigger, now: Millis): Buffer {
  const triggerTime = `${new Date(now).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}Z`;
  return Buffer.from(JSON.stringify({ triggerTime, triggerName, payload }));
}
