import type { Check } from '../../events/check.ts';
import { NO_SESSION } from './probe-checks.ts';

/** Checks of tries with the role. Only these can end without an answer. */
export const isTried = (id: string): boolean => /^(engine:|connection:|assume-role)/.test(id);

/**
 * What could not be checked and why, in one sentence; an empty list where everything could. A skipped check is no
 * pass, so a `verified` reply must say so.
 */
export function unchecked(checks: readonly Check[]): readonly string[] {
  const skipped = checks.filter(({ id, status }) => status === 'skip' && isTried(id));
  const session = skipped.find(({ id }) => id === 'assume-role');
  const byReason = new Map<string, string[]>();
  for (const { id, detail } of skipped) {
    const reason = detail === NO_SESSION && session !== undefined ? session.detail : detail;
    byReason.set(reason, [...(byReason.get(reason) ?? []), id.replace('engine:', '')]);
  }
  if (byReason.size === 0) return [];
  const parts = [...byReason].map(([reason, names]) => `${names.join(', ')} (${reason})`);
  return [`could not be checked: ${parts.join('; ')}`];
}
