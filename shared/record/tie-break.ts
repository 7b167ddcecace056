import { type Millis, millis } from '../runtime/millis.ts';
import { type Entry, isTakenAway, revokeOf, type Scoped, saidOf, sinceOf } from './entry.ts';

/** Which of two counts, where times alone do not decide. Where order is uncertain access is taken away, never given. */

/** The narrower of two scopes of one millisecond: for fewer instances, then by name, so that always the same one counts. */
export function narrower<A extends Scoped, B extends Scoped>(a: A, b: B): A | B {
  const [width, other] = [a.instances?.length ?? Infinity, b.instances?.length ?? Infinity];
  if (width < other) return a;
  if (width > other) return b;
  return String(a.instances) <= String(b.instances) ? a : b;
}

/** The earlier of two ends; null is none. */
export const earlierEnd = (a: Millis | null, b: Millis | null): Millis | null =>
  a === null || b === null ? (a ?? b) : millis(Math.min(a, b));

/** Whether a word is later than a revoke: one of the same millisecond is not. `revoke`: null for none. */
export const outlives = (at: Millis, revoke: Millis | null): boolean => revoke === null || at > revoke;

/** Of two revokes or closes the later one; null where there is neither. */
export const laterRevoke = (a: Millis | null, b: Millis | null): Millis | null =>
  a === null || b === null ? (a ?? b) : millis(Math.max(a, b));

/** Whether an entry is a grant that nobody has taken away since; it may have run out. `closedAt`: null for no close. */
export const holds = (entry: Entry, closedAt: Millis | null): boolean =>
  !isTakenAway(entry) && outlives(entry.at, closedAt);

/**
 * The later of two states of one entry, of which one became the other: every word that counts moves one of these forward,
 * in this order. So a reading that is too old loses against what was written since.
 */
export function laterState(a: Entry, b: Entry): Entry {
  if (takesPlace(a, b)) return a;
  if (takesPlace(b, a)) return b;
  for (const [x, y] of pairs(a, b)) {
    if (x > y) return a;
    if (x < y) return b;
  }
  return narrower(a, b);
}

/**
 * Whether a grant has taken the place of one that was made in an emergency: an older one or a later one may, and one of the
 * same millisecond, which the emergency then cannot have come after.
 */
const takesPlace = (a: Entry, b: Entry): boolean =>
  b.emergency === true && a.emergency !== true && !isTakenAway(a) && (a.until === null || a.until > b.at);

const pairs = (a: Entry, b: Entry): readonly (readonly [number, number])[] => {
  const [x, y] = [orderOf(a), orderOf(b)];
  return x.map((value, index) => [value, y[index] ?? value]);
};

const orderOf = (entry: Entry): readonly number[] => [
  entry.at,
  Number(isTakenAway(entry)),
  revokeOf(entry) ?? -Infinity,
  saidOf(entry) ?? -Infinity,
  -(entry.until ?? Infinity),
  Number(entry.state === 'revoked'),
  -sinceOf(entry),
];
