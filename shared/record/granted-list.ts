import type { Grant } from '../../events/grant.ts';
import type { Millis } from '../runtime/millis.ts';
import { iso } from './entry.ts';
import { type AccessRecord, type GrantId, liveIds, recordTags } from './record.ts';

/** What a record grants at `now`, each with its own end and scope, by id. */
export const grantedList = (record: AccessRecord, now: Millis): Grant[] =>
  grantsOf(record, liveIds(record, now));

/** What a record says of these ids, each with its own end and scope; nothing of those that it does not have. */
export const grantsOf = ({ entries }: AccessRecord, ids: readonly GrantId[]): Grant[] =>
  ids.flatMap((id) => {
    const entry = entries.get(id);
    if (entry === undefined) return [];
    const { until, instances } = entry;
    return [
      {
        id,
        expiresAt: until === null ? null : iso(until),
        instances: instances === undefined || instances.length === 0 ? null : [...instances],
        readOnly: instances?.length === 0,
      },
    ];
  });

/** Whether two records grant the same, to the same ends. */
export const sameGrants = (a: AccessRecord, b: AccessRecord, now: Millis): boolean =>
  JSON.stringify(grantedList(a, now)) === JSON.stringify(grantedList(b, now));

/** Whether two records are the same, word for word. */
export const sameRecord = (a: AccessRecord, b: AccessRecord): boolean =>
  JSON.stringify([...recordTags(a)].sort()) === JSON.stringify([...recordTags(b)].sort());
