import type { Millis } from '../../shared/runtime/clock.ts';
import type { TimerTrigger } from '../cloud/fc/trigger.ts';

/** The event of a timer trigger (vendor page "Timer triggers"): `{triggerTime, triggerName, payload}`, UTC without ms. */
export function timerEvent(trigger: TimerTrigger, now: Millis): Buffer {
  const triggerTime = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  const { triggerName, triggerConfig } = trigger;
  return Buffer.from(JSON.stringify({ triggerTime, triggerName, payload: triggerConfig.payload }), 'utf8');
}
