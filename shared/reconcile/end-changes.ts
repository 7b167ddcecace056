import type { WrittenChange } from '../../events/change.ts';
import type { CheckId } from '../../events/check.ts';
import { isConnection, isEngine } from '../catalogue/catalogue.ts';
import type { Change } from '../record/change.ts';
import { type AccessRecord, type GrantId, liveIds } from '../record/record.ts';
import { earlierEnd } from '../record/tie-break.ts';
import { cutBy, decidedByNewer, END_REASONS, endWords, NOT_GRANTED } from '../requests/end-words.ts';
import type { Millis } from '../runtime/millis.ts';

/**
 * What a change did to the ends of what is granted, in words: an end that was kept, set, shortened or taken away, also
 * where the request did not name it. Empty for what has no end and got none.
 */
export function endChanges(
  before: AccessRecord,
  after: AccessRecord,
  change: Change,
  now: Millis,
): readonly WrittenChange[] {
  const held = liveIds(before, now);
  const asked = 'until' in change ? change.until : null;
  // A revoke says nothing of the end of what stays.
  const named = change.action !== 'revoke' && 'ids' in change && change.ids !== 'all' ? change.ids : null;
  return liveIds(after, now).flatMap((id) => {
    const [was, is] = [endIn(before, id), endIn(after, id)];
    const isNew = !held.includes(id);
    const isNamed = named === null ? change.action === 'extend' : named.includes(id);
    const how = isNamed ? reasonFor(asked, is, isNew, was, 'emergency' in change) : END_REASONS.beforeRevoke;
    if (how === null || (!isNamed && (isNew || was === is))) return [];
    const [from, to] = [isNew ? NOT_GRANTED : endWords(was), endWords(is)];
    return [{ check: checkOf(id), before: `${id}: ${from}`, after: `${id}: ${to} (${how})`, asked: true }];
  });
}

/** Why an end is what it is, where the request does not say it; null where there is nothing to tell. */
function reasonFor(
  asked: Millis | 'never' | null,
  is: Millis | null,
  isNew: boolean,
  was: Millis | null,
  isEmergency: boolean,
): string | null {
  if (asked === null) {
    if (isEmergency) return END_REASONS.emergency;
    if (isNew) return is === null ? null : END_REASONS.forNewGrants;
    if (is !== was) return END_REASONS.cutByMaxDays;
    return is === null ? null : END_REASONS.kept;
  }
  const wanted = asked === 'never' ? null : asked;
  if (is !== wanted)
    return earlierEnd(is, wanted) === is
      ? cutBy(isEmergency ? 'maxHours' : 'maxDays', wanted)
      : decidedByNewer(wanted);
  if (isEmergency) return END_REASONS.emergencyAsAsked;
  if (isNew || is === was) return null;
  if (is === null) return END_REASONS.takenAway;
  return earlierEnd(is, was) === is ? END_REASONS.shortened : END_REASONS.asAsked;
}

const endIn = ({ entries }: AccessRecord, id: GrantId): Millis | null => entries.get(id)?.until ?? null;

function checkOf(id: GrantId): CheckId {
  if (isEngine(id)) return `engine:${id}`;
  return isConnection(id) ? 'connection:vpc' : 'trust-requester';
}
