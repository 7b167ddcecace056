import type { WrittenChange } from '../../events/change.ts';
import type { CheckId } from '../../events/check.ts';
import { isConnection, isEngine } from '../catalogue/catalogue.ts';
import type { Change } from '../record/change.ts';
import { iso } from '../record/entry.ts';
import { type AccessRecord, type GrantId, liveIds } from '../record/record.ts';
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
  const named = 'ids' in change && change.ids !== 'all' ? change.ids : null;
  return liveIds(after, now).flatMap((id) => {
    const [was, is] = [before.entries.get(id)?.until ?? null, after.entries.get(id)?.until ?? null];
    const isNew = !held.includes(id);
    const isNamed = named === null ? change.action === 'extend' : named.includes(id);
    const how = isNamed
      ? reasonFor(asked, is, isNew, was)
      : 'what was said before a later revoke does not count';
    if (how === null || (!isNamed && (isNew || was === is))) return [];
    const [from, to] = [isNew ? 'not granted' : endWords(was), endWords(is)];
    return [{ check: checkOf(id), before: `${id}: ${from}`, after: `${id}: ${to} (${how})`, asked: true }];
  });
}

/** Why an end is what it is, where the request does not say it; null where there is nothing to tell. */
function reasonFor(
  asked: Millis | 'never' | null,
  is: Millis | null,
  isNew: boolean,
  was: Millis | null,
): string | null {
  if (asked === null) {
    if (isNew) return is === null ? null : 'the request names no end, and this is the one for new grants';
    if (is !== was) return 'shortened: "maxDays" of requesters.json allows no later one';
    return is === null ? null : 'kept: the request names no end';
  }
  const wanted = asked === 'never' ? null : asked;
  if (is !== wanted) {
    const words = wanted === null ? 'none' : iso(wanted);
    return is !== null && (wanted === null || is < wanted)
      ? `shortened: asked for was ${words}, and "maxDays" of requesters.json allows no later one`
      : `asked for was ${words}, and a newer request has decided`;
  }
  if (isNew || is === was) return null;
  return is === null ? 'taken away, as asked' : was === null || is < was ? 'shortened, as asked' : 'as asked';
}

const endWords = (until: Millis | null): string => (until === null ? 'no end' : `ends ${iso(until)}`);

function checkOf(id: GrantId): CheckId {
  if (isEngine(id)) return `engine:${id}`;
  return isConnection(id) ? 'connection:vpc' : 'trust-requester';
}
