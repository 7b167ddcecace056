import type { Unless } from '../admission/approval.ts';
import { capOf } from '../admission/end-rules.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import type { Applied } from '../record/apply-change.ts';
import { type Entry, sinceOf } from '../record/entry.ts';
import type { GrantId } from '../record/record.ts';

/**
 * Whether a change may be had without approval. The grants are judged as they would stand afterwards, and their ends from
 * the first grant on: so nothing that was approved is prolonged, and no chain of requests comes to more than one of them.
 */
export const isCovered = (unless: Unless | null, word: Pick<Applied, 'ids' | 'record'>): boolean =>
  notCovered(unless, word).length === 0;

/** What of a change has to be approved, and why, one text each. */
export function notCovered(
  unless: Unless | null,
  { ids, record }: Pick<Applied, 'ids' | 'record'>,
): readonly string[] {
  if (unless === null) return ['"approval" of requesters.json excepts nothing of this account'];
  if (ids.length === 0) return ['it is about everything that is granted'];
  return ids.flatMap((id) => {
    const why = whyNot(unless, id, record.entries.get(id));
    return why === null ? [] : [`${id}: ${why}`];
  });
}

function whyNot(
  { engines, readOnly, maxDays }: Unless,
  id: GrantId,
  entry: Entry | undefined,
): string | null {
  if (entry === undefined) return 'a newer request has decided about it';
  // What is no engine has neither a name in the list nor a grant that only reads.
  if (engines !== '*' && !(isEngine(id) && engines.includes(id)))
    return 'it is not among "unless.engines" of "approval"';
  if (readOnly && !(isEngine(id) && entry.instances?.length === 0))
    return 'it can do more than read, and "unless.readOnly" of "approval" excepts nothing else';
  if (maxDays === null) return null;
  const isShort = entry.until !== null && entry.until <= capOf(sinceOf(entry), maxDays);
  return isShort ? null : `it lasts longer than the ${maxDays} days of "unless.maxDays" of "approval"`;
}
