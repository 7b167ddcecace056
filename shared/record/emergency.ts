import { DIGEST } from '../../events/digest.ts';
import type { EmergencyReport } from '../../events/report.ts';
import type { Millis } from '../runtime/millis.ts';
import { iso, parseIso, parseTime, short } from './entry.ts';
import type { Notes } from './notes.ts';
import { decode, encode } from './tag-text.ts';

/** Tag of a role with the last access that was taken in an emergency. */
export const EMERGENCY_TAG = 'dms-break-glass';

/** Characters that RAM keeps of a tag's value. */
const LONGEST_VALUE = 256;

/** The last access that was granted in an emergency. What it grants stands in the entries. */
export interface Emergency {
  /** Time of the request. */
  readonly at: Millis;
  /** Its end, at which it is due for review. */
  readonly until: Millis;
  /** That of the words of the request, by which a copy is known. */
  readonly digest: string;
  /** Why it could not wait; cut to what is left of the tag. */
  readonly reason: string;
}

interface Recorded {
  readonly emergency?: Emergency;
}

/**
 * `2026-11-23T10:00:00.000Z until 2026-11-23T14:00:00.000Z <digest> <reason>`. Blanks before the reason are left out: they
 * could fill all the room, and a tag without a reason is not read.
 */
export function formatEmergency({ at, until, digest, reason }: Emergency): string {
  const head = `${iso(at)} until ${iso(until)} ${digest} `;
  return head + encode(reason.trimStart(), LONGEST_VALUE - head.length);
}

const FORM = /^(\S+) until (\S+) (\S+) (.+)$/;

/** Reads the tag; null for any text that `formatEmergency` would not write. */
export function parseEmergency(value: string): Emergency | null {
  const [, from, to, digest = '', text = ''] = FORM.exec(value) ?? [];
  const [at, until] = [parseIso(from), parseIso(to)];
  if (at === null || until === null || !DIGEST.test(digest)) return null;
  const emergency = { at, until, digest, reason: decode(text) };
  return formatEmergency(emergency) === value ? emergency : null;
}

/** Whether the owner has confirmed the role since. `reviewedAt`: when it did so last; null for never. */
export const isConfirmed = ({ at }: Emergency, reviewedAt: Millis | null): boolean => (reviewedAt ?? at) > at;

/** What people are shown of it; nothing where there was none. */
export const reportOf = ({
  emergency,
  confirmedAt = null,
}: Recorded & { readonly confirmedAt?: Millis | null }): { readonly breakGlass?: EmergencyReport } =>
  emergency === undefined
    ? {}
    : {
        breakGlass: {
          reason: emergency.reason,
          since: iso(emergency.at),
          until: iso(emergency.until),
          confirmed: isConfirmed(emergency, confirmedAt),
        },
      };

/** Of two the one that was asked for later. */
export const laterEmergency = (a: Emergency | undefined, b: Emergency | undefined): Emergency | undefined =>
  a === undefined || (b !== undefined && b.at > a.at) ? b : a;

/** Word of the notes with when it was told that the review of an emergency is due. */
const TOLD = 'glass';

/** The emergency that nobody has confirmed yet, which keeps the next one away. Null for none. */
export const unconfirmedEmergency = (
  { emergency }: Recorded,
  { reviewedAt }: Pick<Notes, 'reviewedAt'>,
): Emergency | null => (emergency === undefined || isConfirmed(emergency, reviewedAt) ? null : emergency);

/** The emergency that is due for review: its time is over, and nobody has confirmed it. Null for none. */
export function dueEmergency(
  record: Recorded,
  notes: Pick<Notes, 'reviewedAt'>,
  now: Millis,
): Emergency | null {
  const emergency = unconfirmedEmergency(record, notes);
  return emergency === null || now < emergency.until ? null : emergency;
}

/** The same where nobody was told of that yet. */
export function emergencyToTell(
  record: Recorded,
  notes: Pick<Notes, 'reviewedAt' | 'further'>,
  now: Millis,
): Emergency | null {
  const due = dueEmergency(record, notes, now);
  return due === null || (toldOfEmergency(notes.further) ?? 0) >= due.until ? null : due;
}

export const toldOfEmergency = (further: Notes['further']): Millis | null => parseTime(further.get(TOLD));

/** The notes with that it was told then. */
export const withEmergencyTold = (notes: Notes, at: Millis): Notes => ({
  ...notes,
  further: new Map([...notes.further, [TOLD, short(at)]]),
});
