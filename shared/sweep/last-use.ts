import type { UpkeepOutbox } from '../ports.ts';
import { formatNotes, NO_NOTES, NOTES_TAG, readNotes } from '../record/notes.ts';
import { readRecord, recordTags } from '../record/record.ts';
import { hasRoomFor } from '../record/tag-budget.ts';
import { dayOf } from '../record/unused.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Settings } from '../runtime/config.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import type { Trail, TrailFault } from '../trail-port.ts';
import { key, type Listing, type OurRole } from './list-roles.ts';
import { usedRole } from './role-use.ts';
import { DENIED, formatUseMark, USE_TAG, type UseMark } from './use-mark.ts';

const DAY_MS = 86_400_000;
/** ActionTrail keeps events for 90 days. */
const KEPT_MS = 89 * DAY_MS;
/** Events of the last half hour are read again by the next sweep: ActionTrail is about ten minutes late. */
const LATE_MS = 30 * 60_000;
/** A sweep asks for events for so long, side by side with its look at the roles: 60 calls, 3,000 events. */
const READING_MS = 30_000;
/** How far ActionTrail was read is remembered when it is this much further, in ms: repeated sweeps need not write. */
const STEP_MS = 15 * 60_000;
/** Names that one message about a day holds. */
const LONGEST_GROUP = 50;

/** What a sweep found out about the uses of roles. */
export interface Uses {
  /** The day of the last use that it saw, by the name of the role. */
  readonly days: ReadonlyMap<string, Millis>;
  readonly mark: UseMark;
  readonly fault: TrailFault | null;
}

/**
 * Reads on from where the last sweep stopped, in one pass for all roles. The first one begins a day back: from then on
 * it is known what nobody used. What there was no time for is left to the next sweep.
 */
export async function readUses(
  trail: Trail,
  mark: UseMark | null,
  { ownerUid, verifyRole }: Pick<Settings, 'ownerUid' | 'verifyRole'>,
  clock: Clock,
  lookUntil: number,
): Promise<Uses> {
  const now = millis(Math.floor(clock.now()));
  const begin = millis(now - DAY_MS);
  const { from, until } =
    mark === null || mark.until < now - KEPT_MS || mark.until > now ? { from: begin, until: begin } : mark;
  const days = new Map<string, Millis>();
  const search = {
    name: 'AssumeRole',
    from: until,
    to: now,
    until: millis(Math.min(lookUntil, now + READING_MS)),
  };
  const { reached, fault } = await trail.read(search, (event) => {
    const name = usedRole(event, ownerUid, verifyRole);
    if (name !== null) days.set(name, millis(Math.max(days.get(name) ?? 0, dayOf(event.at))));
  });
  const read = millis(Math.max(until, Math.min(reached, now - LATE_MS)));
  const word = fault === null ? null : fault.isDenied ? DENIED : fault.code;
  return { days, fault, mark: { from, until: read, fault: word } };
}

/**
 * Has the days of last uses remembered, many roles in one message. Answers the tag that remembers how far this read, for
 * the message that comes last: if it is sent, these were.
 */
export async function rememberUses(
  { days, mark }: Uses,
  { ours, useMark }: Pick<Listing, 'ours' | 'useMark'>,
  upkeep: UpkeepOutbox,
  now: Millis,
): Promise<Readonly<Record<string, string>>> {
  const byDay = new Map<Millis, string[]>();
  for (const role of ours) {
    const day = days.get(key(role.name));
    if (day === undefined || day <= (readNotes(role.tags).usedAt ?? 0) || !hasRoomForNotes(role, now))
      continue;
    byDay.set(day, [...(byDay.get(day) ?? []), role.name]);
  }
  for (const [day, names] of byDay) {
    const tags = { [NOTES_TAG]: formatNotes({ ...NO_NOTES, usedAt: day }) };
    for (let at = 0; at < names.length; at += LONGEST_GROUP)
      await upkeep.ask({ remember: { roles: names.slice(at, at + LONGEST_GROUP), tags } });
  }
  return isNewMark(mark, useMark) ? { [USE_TAG]: formatUseMark(mark) } : {};
}

const isNewMark = (mark: UseMark, known: UseMark | null): boolean =>
  known === null ||
  known.from !== mark.from ||
  known.fault !== mark.fault ||
  mark.until - known.until >= STEP_MS;

export const hasRoomForNotes = ({ tags }: OurRole, now: Millis): boolean =>
  hasRoomFor(NOTES_TAG, tags, recordTags(readRecord(tags, now)).keys());
