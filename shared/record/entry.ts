import { INSTANCE_ID, instanceList } from '../catalogue/scope.ts';
import { type Millis, millis } from '../runtime/millis.ts';

/**
 * The last words about one engine: who may use it and how far, and when that ends. Each is a last-writer-wins register,
 * stamped with the broker's time of the request that said it.
 */
export interface Entry {
  /** A grant that has run out is written down as revoked, under its own time and with its end. */
  readonly state: 'granted' | 'revoked';
  /** Time of the last grant, or of the revoke. */
  readonly at: Millis;
  /** The end of a grant; null for none. */
  readonly until: Millis | null;
  /** The instances that the grant may modify, sorted; empty where it may only read; left out for all instances. */
  readonly instances?: readonly string[];
  /** Set where nobody said an end since the first grant: `until` is the requester's default then. */
  readonly byDefault?: true;
  /** When an end was said last; left out where the request of `at` said it, and where nobody ever did. */
  readonly saidAt?: Millis;
  /** Set on a grant that was made in an emergency: it keeps its end. */
  readonly emergency?: true;
  /** Set where an extension said the end, and not a grant. */
  readonly extended?: true;
  /** Time of the first grant after the last gap; left out where it is `at`. */
  readonly since?: Millis;
  /** Time of the last revoke, kept after a newer grant; left out where there was none. */
  readonly revokedAt?: Millis;
}

/**
 * Whether an entry is a revoke that somebody asked for, and not a grant that has run out. It has an end only where one was
 * said later than this, for a grant that may still come.
 */
export const isTakenAway = ({ state, at, until, revokedAt }: Entry): boolean =>
  state === 'revoked' && (until === null || revokedAt === at);

/** When the end of a grant was said; null where nobody has. */
export const saidOf = (entry: Entry): Millis | null =>
  entry.saidAt ?? (entry.byDefault === true || isTakenAway(entry) ? null : entry.at);

/** When the grant began, without a gap since. */
export const sinceOf = ({ at, since }: Entry): Millis => since ?? at;

/** The last revoke that an entry knows of. */
export const revokeOf = (entry: Entry): Millis | null =>
  isTakenAway(entry) ? entry.at : (entry.revokedAt ?? null);

/** The times that an entry was stamped with. Ends are none: they may lie in the future. */
export const stampsOf = ({ at, saidAt, since, revokedAt }: Entry): readonly Millis[] =>
  [at, saidAt, since, revokedAt].filter((time) => time !== undefined);

/**
 * The text of an entry's tag. What one request says stands there for people to read:
 * `granted 2026-11-23T10:00:00.000Z until 2026-12-23T00:00:00.000Z default on r-1 r-2`, or `... read-only`; `default`
 * where the request named no end. Where more has to be kept the times are in base 36:
 * `granted mwt3h340 u:mxz4x2o0 s:mwt3k0s0 f:mwt1i9s0 r:mwt0e000 on r-1 r-2` has the last grant, the end that was said
 * (`d:` for the default, `b:` for that of an emergency, `-` for none), when it was said, the first grant, and the last revoke. At most 255 of a tag's 256
 * characters. docs/explain/record.md has the table.
 *
 * Belief tag-values (inferred): RAM keeps blanks, colons, dots and hyphens in the value of a tag, letter for letter.
 * Source: the page of TagResources gives the length only. Shown wrong by: doctor --live.
 */
export function formatEntry(entry: Entry): string {
  const { state, at, until, instances, byDefault, emergency, saidAt, extended, since, revokedAt } = entry;
  const scope = instances === undefined ? [] : instances.length === 0 ? ['read-only'] : ['on', ...instances];
  const isPlain = saidAt === undefined && since === undefined && revokedAt === undefined;
  if (isPlain && emergency === undefined) {
    const end = until === null ? [] : ['until', iso(until)];
    return [state, iso(at), ...end, ...(byDefault === true ? ['default'] : []), ...scope].join(' ');
  }
  return [
    state,
    short(at),
    `${emergency === true ? 'b' : byDefault === true ? 'd' : 'u'}:${until === null ? '-' : short(until)}`,
    ...(saidAt === undefined ? [] : [`${extended === true ? 'x' : 's'}:${short(saidAt)}`]),
    ...(since === undefined ? [] : [`f:${short(since)}`]),
    ...(revokedAt === undefined ? [] : [`r:${short(revokedAt)}`]),
    ...scope,
  ].join(' ');
}

/** Reads an entry; null for any text that `formatEntry` would not write. */
export function parseEntry(value: string): Entry | null {
  const entry = parsePlain(value) ?? parseShort(value);
  return entry !== null && formatEntry(entry) === value ? entry : null;
}

const SCOPE = '(?: (read-only|on [a-z0-9 -]+))?$';
const PLAIN = new RegExp(`^(granted|revoked) (\\S+)(?: until (\\S+))?( default)?${SCOPE}`);
const TIME = '(-?[0-9a-z]{1,10})';
const SHORT = new RegExp(
  `^(granted|revoked) ${TIME} ([udb]):(-|${TIME})(?: ([sx]):${TIME})?(?: f:${TIME})?(?: r:${TIME})?${SCOPE}`,
);

function parsePlain(value: string): Entry | null {
  const [, state, stamp, end, byDefault, scope] = PLAIN.exec(value) ?? [];
  const [at, until] = [parseIso(stamp), parseIso(end)];
  if (at === null) return null;
  const kind = byDefault === undefined ? {} : { byDefault: true as const };
  return withScope({ state: stateOf(state), at, until, ...kind }, scope);
}

function parseShort(value: string): Entry | null {
  const [, state, stamp, kind, end, , by, said, first, revoke, scope] = SHORT.exec(value) ?? [];
  const at = parseTime(stamp);
  if (at === null) return null;
  const until = parseTime(end);
  const [saidAt, since, revokedAt] = [parseTime(said), parseTime(first), parseTime(revoke)];
  return withScope(
    {
      state: stateOf(state),
      at,
      until,
      ...(kind === 'd' ? { byDefault: true } : {}),
      ...(kind === 'b' ? { emergency: true } : {}),
      ...(saidAt === null ? {} : { saidAt }),
      ...(by === 'x' ? { extended: true } : {}),
      ...(since === null ? {} : { since }),
      ...(revokedAt === null ? {} : { revokedAt }),
    },
    scope,
  );
}

const stateOf = (word: string | undefined): Entry['state'] => (word === 'granted' ? 'granted' : 'revoked');

function withScope(entry: Entry, scope: string | undefined): Entry | null {
  if (scope === undefined) return entry;
  // The ids that follow `on`; none follow `read-only`.
  const instances = scope.split(' ').slice(1);
  const written = instances.every((id) => INSTANCE_ID.test(id)) && isListed(instances);
  return written ? { ...entry, instances } : null;
}

/** The instances that something is for; all of them where they are left out. */
export interface Scoped {
  readonly instances?: readonly string[] | undefined;
}

/** Whether two entries are for the same instances. */
export const sameInstances = (a: Scoped, b: Scoped): boolean => a.instances?.join() === b.instances?.join();

export const iso = (time: Millis): string => new Date(time).toISOString();

/** Reads only the form that `iso` writes; null for anything else, such as a tag that was edited by hand. */
export function parseIso(text: string | undefined): Millis | null {
  const time = Date.parse(String(text));
  return Number.isNaN(time) || new Date(time).toISOString() !== text ? null : millis(time);
}

/** A time in base 36: 8 characters until the year 2059. */
export const short = (time: Millis): string => time.toString(36);

/** Reads only the form that `short` writes. */
export function parseTime(text: string | undefined): Millis | null {
  const time = Number.parseInt(String(text), 36);
  return Math.abs(time) <= 8.64e15 && time.toString(36) === text ? millis(time) : null;
}

const isListed = (instances: readonly string[]): boolean =>
  instances.join(' ') === instanceList(instances).join(' ');
