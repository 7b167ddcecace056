import { DIGEST } from '../../events/digest.ts';
import { REQUEST_ID } from '../../events/request-id.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { withEmergencyTold } from './emergency.ts';
import { parseTime, short } from './entry.ts';
import { hasRoom, type Notes, noteWords } from './notes.ts';
import { RETENTION_MS } from './retention-time.ts';

/** How long a request waits for the owner's approval, in ms: less than a message can be late. */
export const WAIT_MS = 20 * 60 * 60 * 1_000;

/** The request that waits on a role for approval, or waited there last. */
export interface Asked {
  /** Its time, which becomes the stamp of the grant. */
  readonly at: Millis;
  readonly digest: string;
  readonly requestId: string;
  /** `over`: it was denied, or it was told that nobody has answered. It is kept so that no copy of it waits again. */
  readonly state: 'waits' | 'over';
}

/** What the notes of a role say about approval. */
export interface Askings {
  readonly asked: Asked | null;
  /** Beginnings of digests of requests before that one that were denied or not answered. */
  readonly refused: readonly string[];
  /** When the last of those was refused. */
  readonly refusedAt: Millis | null;
  /** The request whose place the one that waits has taken: so that it is told of also after a death in between. */
  readonly replaced: Asked | null;
}

/** Under which word of the notes a request stands. */
const WORD = { waits: 'ask', over: 'end' } as const;

/** 36 bits: enough to know a copy again. A request that is taken for one by chance is refused, and never granted. */
const BEGINNING = 6;
/** Refused requests that a role remembers. Where there are more within a day, nothing new waits until it is over. */
const MOST_REFUSED = 8;

/** Until when a request waits. */
export const endOf = ({ at }: Pick<Asked, 'at'>): Millis => millis(at + WAIT_MS);

/** Whether it still waits at that time. */
export const waits = (asked: Asked | null, now: Millis): asked is Asked =>
  asked !== null && asked.state === 'waits' && now < endOf(asked);

/** Reads what stands among the further words of the notes. */
export function readAskings({ further }: Pick<Notes, 'further'>): Askings {
  const waiting = readAsked(further.get(WORD.waits), 'waits');
  const [time, ...refused] = (further.get('no') ?? '').split('~');
  const refusedAt = parseTime(time);
  return {
    asked: waiting ?? readAsked(further.get(WORD.over), 'over'),
    refused: refusedAt === null ? [] : refused.filter((one) => one.length === BEGINNING),
    refusedAt,
    replaced: waiting === null ? null : readAsked(further.get('was'), 'waits'),
  };
}

function readAsked(value: string | undefined, state: Asked['state']): Asked | null {
  const [time, digest = '', ...id] = (value ?? '').split('~');
  const at = parseTime(time);
  const requestId = id.join(':');
  if (at === null || !DIGEST.test(digest) || !REQUEST_ID.test(requestId)) return null;
  return { at, digest, requestId, state };
}

/** The notes with other words about approval. What was replaced is left out where there is no room for it. */
export function withAskings(notes: Notes, { asked, refused, refusedAt, replaced }: Askings): Notes {
  const further = new Map(notes.further);
  for (const key of [WORD.waits, WORD.over, 'no', 'was']) further.delete(key);
  if (asked !== null) further.set(WORD[asked.state], wordOf(asked));
  if (refusedAt !== null && refused.length > 0) further.set('no', [short(refusedAt), ...refused].join('~'));
  if (asked?.state !== 'waits' || replaced === null) return { ...notes, further };
  const all = new Map([...further, ['was', wordOf(replaced)]]);
  return { ...notes, further: fits({ ...notes, further: all }) ? all : further };
}

const wordOf = ({ at, digest, requestId }: Asked): string =>
  [short(at), digest, requestId.replaceAll(':', '~')].join('~');

/**
 * Whether there is room for what waits beside all that the owner and the sweep may note later: a long id that left none for
 * that a review was told could keep a role from ever being narrowed. What has room only by chance gives way.
 */
const fits = (notes: Notes): boolean => {
  const times = { reviewedAt: LATEST, askedAt: LATEST, toldAt: LATEST };
  return hasRoom(noteWords(withEmergencyTold({ ...notes, ...times }, LATEST)));
};

/** As long as a time is until the year 2059. */
const LATEST = millis(36 ** 8 - 1);

/** Whether a request was denied, or ended without an answer, so lately that a copy of it may still come. */
export function isRefused({ asked, refused, refusedAt }: Askings, digest: string, now: Millis): boolean {
  if (asked?.digest === digest && !waits(asked, now)) return now < endOf(asked) + RETENTION_MS;
  return isKept(refusedAt, now) && refused.includes(digest.slice(0, BEGINNING));
}

/**
 * The same with a request in the place of the one before, which is remembered if it is refused. Null where there is no
 * room to remember it.
 */
export function withAsked(notes: Notes, asked: Asked, now: Millis): Notes | null {
  const before = readAskings(notes);
  const kept = isKept(before.refusedAt, now) ? before.refused : [];
  const last = before.asked;
  const isOver = last !== null && isRefused(before, last.digest, now);
  const refused = isOver ? [...kept, last.digest.slice(0, BEGINNING)] : kept;
  const refusedAt = isOver ? now : before.refusedAt;
  const replaced = last?.state === 'waits' ? last : null;
  const after = withAskings(notes, { asked, refused, refusedAt, replaced });
  return refused.length <= MOST_REFUSED && fits(after) ? after : null;
}

/**
 * Until when a role is kept for what its notes say about approval, less the time that every record is kept. Null:
 * for nothing.
 */
export function askedUntil({ asked, refusedAt }: Askings): Millis | null {
  const times = [...(asked === null ? [] : [endOf(asked)]), ...(refusedAt === null ? [] : [refusedAt])];
  return times.length === 0 ? null : millis(Math.max(...times));
}

const isKept = (refusedAt: Millis | null, now: Millis): boolean =>
  refusedAt !== null && now < refusedAt + RETENTION_MS;
