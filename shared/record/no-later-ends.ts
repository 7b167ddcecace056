import { isTakenAway } from './entry.ts';
import type { AccessRecord, GrantId } from './record.ts';
import { earlierEnd } from './tie-break.ts';

/**
 * A record after something was taken away from it, in which nothing ends later than before: what remains of a grant whose
 * beginning was revoked gets the end of new grants, and where approvals are asked for nobody has approved that one.
 */
export function withNoLaterEnds(before: AccessRecord, after: AccessRecord): AccessRecord {
  const entries = new Map(after.entries);
  for (const [id, entry] of after.entries)
    if (entry.state === 'granted')
      entries.set(id, { ...entry, until: earlierEnd(entry.until, endIn(before, id)) });
  return { ...after, entries };
}

/** Also of a grant that has run out: a revoke that arrives late does not bring it back. */
const endIn = ({ entries }: AccessRecord, id: GrantId) => {
  const entry = entries.get(id);
  return entry === undefined || isTakenAway(entry) ? null : entry.until;
};
