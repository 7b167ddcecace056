import type { Problem } from '../../events/problem.ts';
import type { Applied } from '../record/apply-change.ts';
import { type Asked, endOf, isRefused, readAskings, waits, withAsked, withAskings } from '../record/asked.ts';
import { sameGrants } from '../record/granted-list.ts';
import { withNoLaterEnds } from '../record/no-later-ends.ts';
import type { Notes } from '../record/notes.ts';
import type { AccessRecord, GrantId } from '../record/record.ts';
import {
  idInUse,
  newerWaits,
  notApproved,
  notWaiting,
  tooManyRefused,
} from '../requests/approval-refusals.ts';
import type { Gate } from '../requests/gate.ts';
import type { Millis } from '../runtime/millis.ts';
import { isCovered } from './covered.ts';

/** What a change comes to behind the gate. */
export interface Ruling {
  readonly refusal: Problem | null;
  /** What may be written of it. */
  readonly word: Applied;
  /** The notes that have to stand on the role; null where the gate says nothing about them. */
  readonly notes: Notes | null;
  /** Whether the reason of the change is noted, too. */
  readonly reason: boolean;
  /** The request that waits now, and the one that did so before. */
  readonly pending: Asked | null;
  readonly left: Asked | null;
  /** Whether the owner's approval counts. Another reading in the same run does not find it waiting any more. */
  readonly approved: boolean;
}

type Approved = Extract<Gate, { kind: 'approved' }>;

interface Found {
  readonly record: AccessRecord;
  readonly word: Applied;
  readonly notes: Notes;
  readonly now: Millis;
  readonly roleName: string;
  /** Whether an approval counted in this run already; left out where it has not. */
  readonly approved?: boolean;
}

/** Judges a change of a requester. Without a gate everything may be written. */
export function rule(gate: Gate | undefined, found: Found): Ruling {
  const free = {
    refusal: null,
    word: found.word,
    notes: null,
    reason: true,
    pending: null,
    left: null,
    approved: false,
  };
  switch (gate?.kind) {
    case undefined:
      return free;
    case 'narrows': {
      const { record, word } = found;
      return { ...free, word: { ...word, record: withNoLaterEnds(record, word.record) } };
    }
    case 'asks':
      return ruleAsked(gate, found, free);
    case 'approved':
      return ruleApproved(gate, found, free);
    case 'denied':
      return ruleDenied(gate.asked, found, free);
    case 'unanswered':
      return ruleUnanswered(found, free);
  }
}

function ruleAsked({ asked, unless }: Extract<Gate, { kind: 'asks' }>, found: Found, free: Ruling): Ruling {
  const { record, word, notes, now, roleName } = found;
  // Not even a stamp moves: else it would outlive a revoke that was published before it and arrives later.
  const still = { ...free, word: { ...word, record }, reason: false };
  if (sameGrants(record, word.record, now)) return still;
  if (isCovered(unless, word)) return free;
  const refused = (refusal: Problem): Ruling => ({ ...still, refusal });
  const before = readAskings(notes);
  if (isRefused(before, asked.digest, now) || endOf(asked) <= now)
    return refused(notApproved(asked.requestId));
  const last = before.asked;
  if (waits(last, now)) {
    // Another delivery of it has made it wait, and may have died before it told what it replaced.
    if (last.digest === asked.digest) return { ...still, notes, pending: last, left: before.replaced };
    if (last.requestId === asked.requestId) return refused(idInUse(asked.requestId));
    if (asked.at <= last.at) return refused(newerWaits(last.requestId));
  }
  const next = withAsked(notes, asked, now);
  if (next === null) return refused(tooManyRefused(roleName));
  return { ...still, notes: next, pending: asked, left: last?.state === 'waits' ? last : null };
}

function ruleApproved(gate: Approved, found: Found, free: Ruling): Ruling {
  const { record, notes, now, approved = false } = found;
  const { asked } = gate;
  const word = asApproved(gate, found);
  const before = readAskings(notes);
  const { asked: last } = before;
  if (approved || (waits(last, now) && last.digest === asked.digest && last.at === asked.at))
    return {
      ...free,
      word,
      notes: withAskings(notes, { ...before, asked: last?.digest === asked.digest ? null : last }),
      approved: true,
    };
  const still = { ...free, word: { ...word, record }, reason: false };
  // A delivery before this one may have died half way.
  const isDone = word.superseded.length === 0 && sameGrants(record, word.record, now);
  return isDone && !isRefused(before, asked.digest, now)
    ? still
    : { ...still, refusal: notWaiting(asked.requestId) };
}

/**
 * What an approval gives: all that its words say about an id, or nothing. Words that were said later, and needed no approval,
 * must not be mixed with them: else the end that was approved of a grant that only reads could be that of one that modifies.
 */
function asApproved({ asked, action }: Approved, { record, word }: Pick<Found, 'record' | 'word'>): Applied {
  // An extension says nothing of the scope, so it is about the one that stood there when it was asked for.
  const isOther = (id: GrantId) => action === 'extend' && (record.entries.get(id)?.at ?? 0) > asked.at;
  const superseded = word.ids.filter((id) => word.superseded.includes(id) || isOther(id));
  const entries = new Map(word.record.entries);
  for (const id of superseded) {
    const before = record.entries.get(id);
    if (before === undefined) entries.delete(id);
    else entries.set(id, before);
  }
  return { ...word, superseded, record: { ...word.record, entries } };
}

function ruleDenied(asked: Asked, { notes, now }: Found, free: Ruling): Ruling {
  const { asked: last } = readAskings(notes);
  // One that is over already was denied by another delivery of the same answer, or has ended.
  const canEnd = last?.state === 'over' || waits(last, now);
  return canEnd && last.digest === asked.digest && last.at === asked.at
    ? over(last, notes, free)
    : { ...free, refusal: notWaiting(asked.requestId) };
}

function ruleUnanswered({ notes, now }: Found, free: Ruling): Ruling {
  const { asked: last } = readAskings(notes);
  return last === null || waits(last, now) ? free : over(last, notes, free);
}

const over = (last: Asked, notes: Notes, free: Ruling): Ruling => ({
  ...free,
  notes: withAskings(notes, { ...readAskings(notes), asked: { ...last, state: 'over' } }),
  left: last,
});
