import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import type { EndRules } from '../../../shared/record/ends.ts';
import { grantedList } from '../../../shared/record/granted-list.ts';
import { EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import type { Millis } from '../../../shared/runtime/millis.ts';

/** A request as it was sent. */
export type Sent = Extract<Change, { action: 'grant' | 'revoke' | 'extend' }>;
/** What is granted of one id: how far, until when, and since when. */
export interface Held {
  readonly scope: readonly string[] | null;
  readonly until: number;
  readonly since: Millis;
}

/** The few ids that these histories are about. */
export const IDS: readonly GrantId[] = ['redis', 'gdb'];

const endOf = (end: Millis | 'never' | null): number => (typeof end === 'number' ? end : Infinity);
const atMost = (end: Millis | 'never' | null, latest: Millis | null) => Math.min(endOf(end), endOf(latest));

/** The model: about one id, the requests in the order in which they were sent. */
export function model(history: readonly Sent[], id: GrantId, rules: EndRules): Held | null {
  const about = history
    .filter(({ ids }) => ids === 'all' || ids.includes(id))
    .toSorted((a, b) => a.at - b.at);
  let last: Held | null = null;
  for (const word of about) last = after(last, word, id, rules);
  return last;
}

export function after(before: Held | null, word: Sent, id: GrantId, rules: EndRules): Held | null {
  if (word.action === 'revoke') return null;
  // One that was refused is not among them: what it extends was granted then.
  if (word.action === 'extend')
    return before && { ...before, until: atMost(word.until, rules.latestEnd(before.since)) };
  const held = before !== null && before.until > word.at ? before : null;
  const scope = (word.narrowed as ReadonlyMap<GrantId, readonly string[]> | undefined)?.get(id) ?? null;
  const kept = held?.until ?? endOf(rules.defaultEnd(word.at));
  const until = word.until === null ? kept : endOf(word.until);
  return { scope, until: atMost(until as Millis, rules.latestEnd(word.at)), since: held?.since ?? word.at };
}

const isAbout = ({ ids }: Sent, id: GrantId): boolean => ids === 'all' || ids.includes(id);
const isWhole = (one: Sent, id: GrantId): boolean =>
  one.action === 'grant' && (one.narrowed === undefined || id !== 'redis');

/**
 * Whether two grants for everything, the first without an end or extended to none and the later silent about an end,
 * stand around another word or around the end of one (docs/decisions/0003): the later may not count then, since it may
 * have moved no stamp.
 */
export const standsAround = (taken: readonly Sent[], id: GrantId): boolean => {
  const about = taken.filter((one) => isAbout(one, id));
  const silent = about.filter((one) => isWhole(one, id) && 'until' in one && one.until === null);
  // An extension without an end makes a grant say what one without an end says.
  const endless = about.filter(
    (one) => (isWhole(one, id) || one.action === 'extend') && 'until' in one && one.until === 'never',
  );
  const first = [...silent, ...endless];
  return first.some((one) =>
    silent.some((later) => {
      const lies = (time: unknown) => typeof time === 'number' && time >= one.at && time <= later.at;
      return about.some(
        (other) =>
          (lies(other.at) && other !== one && !silent.includes(other)) ||
          ('until' in other && lies(other.until)),
      );
    }),
  );
};

/**
 * Whether a revoke arrived late: after an extension that was sent later, or after a grant that was sent later than an
 * extension that arrives then. An entry does not keep which grants lay between the revoke and its last one, so nobody
 * knows what was extended. The end may come earlier then.
 */
export const isRevokedLate = (order: readonly Sent[], id: GrantId): boolean =>
  order.some((one, place) => {
    if (one.action !== 'extend' || !isAbout(one, id)) return false;
    const isRevoke = (other: Sent) => other.action === 'revoke' && other.at < one.at && isAbout(other, id);
    const isLater = (other: Sent) => other.action === 'grant' && other.at > one.at && isAbout(other, id);
    const first = order.findIndex(isLater);
    return order.some((other, at) => isRevoke(other) && (at > place || (first >= 0 && first < at)));
  });

/**
 * What the record grants after these deliveries, and the requests that were not refused; an extension of everything is
 * about what was granted when it was delivered. No two requests have one time.
 */
export function delivered(order: readonly Sent[]) {
  const taken = new Map<Millis, { word: Sent; ids: Set<GrantId> }>();
  let record = EMPTY_RECORD;
  for (const word of order) {
    const before = record;
    const { record: next, missing, over, ids, superseded } = applyChange(record, word);
    record = next;
    const { ids: had } = taken.get(word.at) ?? { ids: new Set<GrantId>() };
    const counts = (id: GrantId): boolean =>
      word.action === 'extend'
        ? missing.length + over.length === 0
        : !superseded.includes(id) || next.entries.get(id) !== before.entries.get(id);
    const about = word.action === 'revoke' && word.ids === 'all' ? IDS : ids.filter(counts);
    taken.set(word.at, { word, ids: new Set([...had, ...about]) });
  }
  const words = [...taken.values()].map(({ word, ids }): Sent => ({ ...word, ids: [...ids] }));
  return { record, taken: words };
}

/** The grants of a record in the words of the model. */
export const heldIn = (record: ReturnType<typeof delivered>['record'], now: Millis) =>
  new Map(
    grantedList(record, now).map(({ id, expiresAt, instances, readOnly }) => [
      id,
      { scope: readOnly ? [] : instances, until: expiresAt === null ? Infinity : Date.parse(expiresAt) },
    ]),
  );
