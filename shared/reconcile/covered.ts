import type { Unless } from '../admission/approval.ts';
import { capOf } from '../admission/end-rules.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import type { Applied } from '../record/apply-change.ts';
import { sinceOf } from '../record/entry.ts';

/**
 * Whether a change may be had without approval. The grants are judged as they would stand afterwards, and their ends from
 * the first grant on: so nothing that was approved is prolonged, and no chain of requests comes to more than one of them.
 */
export function isCovered(unless: Unless | null, { ids, record }: Applied): boolean {
  if (unless === null || ids.length === 0) return false;
  const { engines, readOnly, maxDays } = unless;
  return ids.every((id) => {
    const entry = record.entries.get(id);
    if (entry === undefined) return false;
    // What is no engine has neither a name in the list nor a grant that only reads.
    if (!isEngine(id)) {
      if (readOnly || engines !== '*') return false;
    } else if (engines !== '*' && !engines.includes(id)) return false;
    if (readOnly && entry.instances?.length !== 0) return false;
    return maxDays === null || (entry.until !== null && entry.until <= capOf(sinceOf(entry), maxDays));
  });
}
