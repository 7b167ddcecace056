import type { Millis } from '../runtime/millis.ts';
import { parseTime, short } from './entry.ts';
import { decode, encode } from './tag-text.ts';

/** Tag of a role with what is noted beside its grants. Nothing in it grants anything. */
export const NOTES_TAG = 'dms-notes';

/** Characters that RAM keeps of a tag's value. */
const LONGEST_VALUE = 256;

export interface Notes {
  /** When the owner confirmed last that the role is still needed. */
  readonly reviewedAt: Millis | null;
  /** When it was told that a review is due; counts only until the next confirmation. */
  readonly askedAt: Millis | null;
  /** Up to when it was told that ends are near. */
  readonly toldAt: Millis | null;
  /**
   * The day (UTC, its beginning) on which DMS assumed the role last, as far as the sweep has seen; gives way where
   * room is short.
   */
  readonly usedAt: Millis | null;
  /** When it was told that nobody uses the role; counts only until the next use; gives way where room is short. */
  readonly idleAt: Millis | null;
  /** What verify found when it was asked last, where that is not what the sweep found; gives way where room is short. */
  readonly seen: Seen | null;
  /** Further words by their key, such as the digest of a request that waits. */
  readonly further: ReadonlyMap<string, string>;
  /** The `reference` of the last grant that changed something; cut to what is left of the tag. */
  readonly reference: string | null;
}

/** What verify found about a role, and since when that is so. */
export interface Seen {
  readonly status: 'verified' | 'failed';
  readonly at: Millis;
}

export const NO_NOTES: Notes = {
  reviewedAt: null,
  askedAt: null,
  toldAt: null,
  usedAt: null,
  idleAt: null,
  seen: null,
  further: new Map(),
  reference: null,
};

const WORD = /^[a-z]+:[A-Za-z0-9._~-]*$/;
/** It is the last word, and may have blanks. */
const REFERENCE = ' ref:';

/** Reads the notes in the tags of a role. What cannot be read is passed over: it is written anew with the next note. */
export function readNotes(tags: ReadonlyMap<string, string>): Notes {
  const [words, ...reference] = ` ${tags.get(NOTES_TAG) ?? ''}`.split(REFERENCE);
  const found = new Map(
    String(words)
      .split(' ')
      .filter((word) => WORD.test(word))
      .map((word) => [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)] as const),
  );
  const take = (key: string): string | undefined => {
    const value = found.get(key);
    found.delete(key);
    return value;
  };
  return {
    reviewedAt: parseTime(take('reviewed')),
    askedAt: parseTime(take('asked')),
    toldAt: parseTime(take('told')),
    usedAt: parseTime(take('used')),
    idleAt: parseTime(take('idle')),
    seen: readSeen(take('seen')),
    further: found,
    reference: reference.length === 0 ? null : decode(reference.join(REFERENCE)),
  };
}

/** Further words that are left out in this order where there is no room: what the owner and the sweep note is written. */
const GIVE_WAY = ['was', 'no'];

/** What the owner and the sweep note, and further words: what is never left out but for those that give way. */
export function noteWords({ reviewedAt, askedAt, toldAt, further }: Notes): readonly string[] {
  const times = { reviewed: reviewedAt, asked: askedAt, told: toldAt };
  return [
    ...Object.entries(times).flatMap(([key, time]) => (time === null ? [] : [`${key}:${short(time)}`])),
    ...[...further].map(([key, value]) => `${key}:${value}`).sort(),
  ];
}

/** Whether a tag has room for these words. */
export const hasRoom = (words: readonly string[]): boolean => words.join(' ').length <= LONGEST_VALUE;

/**
 * `reviewed:mwt3h340 asked:mwt3h340 told:mwt3h340 ref:OPS-42`, further words and `seen:v~mwt3h340` before the
 * last; empty for no notes.
 */
export function formatNotes(notes: Notes): string {
  const { usedAt, idleAt, seen, reference } = notes;
  let words = noteWords(notes);
  for (const key of GIVE_WAY)
    if (!hasRoom(words)) words = words.filter((word) => !word.startsWith(`${key}:`));
  const spare = [
    ...(idleAt === null ? [] : [`idle:${short(idleAt)}`]),
    ...(usedAt === null ? [] : [`used:${short(usedAt)}`]),
    ...(seen === null ? [] : [`seen:${seen.status === 'verified' ? 'v' : 'f'}~${short(seen.at)}`]),
  ];
  for (const word of spare) if (hasRoom([...words, word])) words = [...words, word];
  if (reference !== null) {
    const room = LONGEST_VALUE - [...words, 'ref:'].join(' ').length;
    if (room > 0) words = [...words, `ref:${encode(reference, room)}`];
  }
  return words.join(' ');
}

const FOUND: ReadonlyMap<string, Seen['status']> = new Map([
  ['v', 'verified'],
  ['f', 'failed'],
]);

function readSeen(word: string | undefined): Seen | null {
  const [letter, ...time] = String(word).split('~');
  const [status, at] = [FOUND.get(String(letter)), parseTime(time.join('~'))];
  return status === undefined || at === null ? null : { status, at };
}
