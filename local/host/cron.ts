import { Cron } from 'croner';
import { type Millis, millis } from '../../shared/runtime/clock.ts';
import { invalidArgument } from '../cloud/fc/errors.ts';

/** When something is due next, after an instant; null for never again. */
export type Schedule = (after: Millis) => Millis | null;

const EVERY = '@every ';
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads the schedule of a timer trigger: `@every 5m`, counted from one time to the next, or six fields, seconds first, with
 * `CRON_TZ=<zone>` before them; UTC without, wherever this machine is (vendor page "Timer triggers").
 * Throws `ApiError` 400 `InvalidArgument` for one that cannot be read.
 */
export function scheduleOf(expression: string): Schedule {
  if (expression.startsWith(EVERY)) {
    const count = Number(expression.slice(EVERY.length, -1));
    const pause = count * (UNITS[expression.slice(-1)] ?? 0);
    if (!(pause > 0)) throw invalidArgument(`${expression} is no pause`);
    return (after) => millis(after + pause);
  }
  let timezone = 'UTC';
  const fields = expression.replace(/^CRON_TZ=(\S+)/, (_match, zone: string) => {
    timezone = zone;
    return '';
  });
  try {
    const cron = new Cron(fields, { timezone, mode: '6-part' });
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
