import { Cron } from 'croner';
import { type Millis, millis } from '../../shared/runtime/clock.ts';
import { invalidArgument } from '../cloud/fc/errors.ts';

/** When something is due next, after an instant; null for never again. */
export type Schedule = (after: Millis) => Millis | null;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads the schedule of a timer trigger: `@every 5m`, counted from one time to the next, or six fields, seconds first, with
 * `CRON_TZ=<zone>` before them; UTC without (vendor page "Timer triggers").
 * Throws `ApiError` 400 `InvalidArgument` for one that cannot be read.
 */
export function scheduleOf(expression: string): Schedule {
  const [, count, unit = ''] = /^@every (\d+)([smhd])$/.exec(expression) ?? [];
  if (count !== undefined) {
    const pause = Number(count) * (UNITS[unit] ?? 0);
    if (pause === 0) throw invalidArgument(`${expression} is no pause`);
    return (after) => millis(after + pause);
  }
  const [, timezone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+)\s+)?(.+)$/.exec(expression) ?? [];
  try {
    const cron = new Cron(fields, { timezone, paused: true });
    // A zone that is none shows only here.
    cron.nextRun();
    return (after) => {
      const next = cron.nextRun(new Date(after));
      return next === null ? null : millis(next.getTime());
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidArgument(`cronExpression ${JSON.stringify(expression)}: ${reason}`);
  }
}
