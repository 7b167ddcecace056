import { type EndRules, NO_END_RULES } from '../record/ends.ts';
import { earlierEnd } from '../record/tie-break.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Requester } from './requesters.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * The end of a grant of so many days: the first midnight, UTC, after `days` full days. Repeating a request on the same day
 * thus asks for the same grant, and changes nothing.
 */
export const capOf = (at: Millis, days: number): Millis =>
  millis((Math.floor((at + days * DAY_MS) / DAY_MS) + 1) * DAY_MS);

/**
 * The ends that a requester's grants have and may have. An account that is not listed has no such rules: it can be granted
 * nothing.
 */
export function endRules(requester: Pick<Requester, 'defaultDays' | 'maxDays'> | undefined): EndRules {
  if (requester === undefined) return NO_END_RULES;
  const { defaultDays, maxDays } = requester;
  const after = (at: Millis, days: number | null) => (days === null ? null : capOf(at, days));
  const latestEnd = (at: Millis) => after(at, maxDays);
  return { latestEnd, defaultEnd: (at) => earlierEnd(after(at, defaultDays), latestEnd(at)) };
}

/** The ends of what a requester is granted in an emergency: after so many hours at the latest, whatever it asks for. */
export function emergencyRules(requester: Requester | undefined): EndRules {
  const hours = requester?.breakGlass?.maxHours ?? 0;
  const { latestEnd } = endRules(requester);
  const end = (at: Millis) => earlierEnd(millis(at + hours * HOUR_MS), latestEnd(at));
  return { defaultEnd: end, latestEnd: end };
}
