import { type Millis, millis } from '../runtime/millis.ts';
import { saidOf, sinceOf } from './entry.ts';
import { type AccessRecord, type GrantId, liveEntries } from './record.ts';

const DAY_MS = 86_400_000;

/** That the end of some grants is near: `days` before `end`, which is at `moment`. */
export interface EndNotice {
  readonly end: Millis;
  readonly days: number;
  readonly moment: Millis;
  readonly ids: readonly GrantId[];
}

/**
 * The notices whose moment has come by `asOf`, and lies after what was told already (`told`) and after the word that said
 * the end: nobody has to be told of an end that was asked for when it was that near. Earliest moment first.
 */
export function dueNotices(
  record: AccessRecord,
  noticeDays: readonly number[],
  told: Millis | null,
  asOf: Millis,
): readonly EndNotice[] {
  const found = new Map<string, EndNotice>();
  for (const [id, entry] of liveEntries(record, asOf)) {
    const { until: end, emergency } = entry;
    // What was granted in an emergency is to end.
    if (end === null || emergency === true) continue;
    const after = Math.max(sinceOf(entry), saidOf(entry) ?? 0, told ?? 0);
    for (const days of noticeDays) {
      const moment = millis(end - days * DAY_MS);
      if (moment <= after || moment > asOf) continue;
      const key = `${end} ${days}`;
      found.set(key, { end, days, moment, ids: [...(found.get(key)?.ids ?? []), id].sort() });
    }
  }
  return [...found.values()].sort((a, b) => a.moment - b.moment);
}
