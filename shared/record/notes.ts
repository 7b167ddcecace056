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
  /** The day (UTC, its beginning) on which DMS assumed the role last, as far as the sweep has seen; gives way where room is short. */
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

const WORD = /^([a-z]+):([A-Za-z0-9._~-]*)$/;

/** Reads the notes in the tags of a role. What cannot be read is passed over: it is written anew with the next note. */
export function readNotes(tags: ReadonlyMap<string, string>): Notes {
  const [words = '', text] = splitReference(tags.get(NOTES_TAG) ?? '');
  const found = new Map(
    words.split(' ').flatMap((word) => {
      const [, key, value] = WORD.exec(word) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
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
    reference: text === undefined ? null : decode(text),
  };
}

/** Further words that are left out in this order where there is no room: what the owner and the sweep note is written. */
const GIVE_WAY = ['was', 'no'];

/** `reviewed:mwt3h340 asked:mwt3h340 told:mwt3h340 ref:OPS-42`, further words and `seen:v~mwt3h340` before the last; null for no notes. */
export function formatNotes(notes: Notes, giveWay: readonly string[] = GIVE_WAY): string | null {
  const { reviewedAt, askedAt, toldAt, usedAt, idleAt, seen, further, reference } = notes;
  const times = { reviewed: reviewedAt, asked: askedAt, told: toldAt };
  let words = Object.entries(times).flatMap(([key, time]) =>
    time === null ? [] : [`${key}:${short(time)}`],
  );
  words.push(...[...further].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}:${value}`));
  for (const key of giveWay)
    if (words.join(' ').length > LONGEST_VALUE) words = words.filter((word) => !word.startsWith(`${key}:`));
  const spare = [
    ...(idleAt === null ? [] : [`idle:${short(idleAt)}`]),
    ...(usedAt === null ? [] : [`used:${short(usedAt)}`]),
    ...(seen === null ? [] : [`seen:${seen.status === 'verified' ? 'v' : 'f'}~${short(seen.at)}`]),
  ];
  for (const word of spare) if ([...words, word].join(' ').length <= LONGEST_VALUE) words.push(word);
  if (reference !== null) {
    const room = LONGEST_VALUE - [...words, 'ref:'].join(' ').length;
    if (room > 0) words.push(`ref:${encode(reference, room)}`);
  }
  return words.length === 0 ? null : words.join(' ');
}

function readSeen(word: string | undefined): Seen | null {
  const [, letter, time] = /^([vf])~(.*)$/.exec(word ?? '') ?? [];
  const at = parseTime(time);
  return at === null ? null : { status: letter === 'v' ? 'verified' : 'failed', at };
}

function splitReference(value: string): readonly [string, string?] {
  const [, words = '', text] = /^(.*?)(?:(?:^| )ref:(.*))?$/.exec(value) ?? [];
  return text === undefined ? [words] : [words, text];
}
