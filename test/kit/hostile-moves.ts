import type { Outcome } from '../../events/outcome.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { REQUESTER } from './accounts.ts';
import { answerTo, shown } from './approval.ts';
import { type Direct, topicOf } from './direct.ts';
import { forgedOutcome } from './hostile-outcome.ts';
import { emergencyOf, requestOf, upkeepOf } from './hostile-words.ts';
import { door } from './intake.ts';
import { MINUTE } from './time.ts';

/** One message of somebody hostile, of the owner, or of the broker that delivers something again; all by numbers. */
export interface Move {
  readonly kind: number;
  readonly words: number;
  readonly id: number;
  readonly which: number;
  readonly minutes: number;
}

/** Kinds of moves that there are. */
const KINDS = 15;

export interface Asked {
  readonly body: object;
  readonly pending: Outcome;
}

/** What is sent. `at`: when a word of the owner was published that the broker delivers again. */
export interface Sent {
  readonly body: object;
  readonly topic: string;
  readonly ago: number;
  /** What an answer of the owner's topic is about, and whether it says yes; null for all else. */
  readonly says: unknown;
  readonly yes: boolean;
}

/** Words of the owner's topic that were said, and when. */
export interface Said {
  readonly sent: Sent;
  readonly at: number;
}

/** The message of a move; null where there is none to make. */
export async function messageOf(
  at: Direct,
  move: Move,
  one: Asked | undefined,
  said: Said[],
): Promise<Sent | null> {
  const own = { topic: topicOf(REQUESTER), ago: (move.which % 3) * 40 * MINUTE, says: null, yes: false };
  const owner = { topic: TOPICS.owner, ago: 0, says: null, yes: false };
  const speak = (sent: Sent): Sent => {
    said.push({ sent, at: at.clock.now() });
    return sent;
  };
  const request = requestOf(at, move);
  switch (move.kind % KINDS) {
    case 0:
    case 1:
    case 2:
      return { ...own, body: request };
    case 3:
      return one === undefined ? null : { ...own, body: one.body };
    case 4: {
      // The owner says yes to something that it was shown, now or long ago.
      if (one === undefined) return null;
      const body = answerTo('approve', one.body, one.pending);
      return speak({ ...owner, body, says: body.owner['approve'], yes: true });
    }
    case 5: {
      if (one === undefined) return null;
      const body = answerTo('deny', one.body, one.pending);
      return { ...owner, body, says: body.owner['deny'], yes: false };
    }
    case 6: {
      // The broker delivers a word of the owner once more, as late as it may.
      const again = said[move.words % Math.max(1, said.length)];
      return again === undefined ? null : { ...again.sent, ago: at.clock.now() - again.at };
    }
    case 7: {
      // Swapped words under a digest that waits, and a digest of other words.
      if (one === undefined) return null;
      const over = move.words % 2 === 0 ? { request: { ...request, requestId: one.pending.requestId } } : {};
      // Now and then the other words are the same.
      if (shown({ ...request, requestId: one.pending.requestId }, '').digest === shown(one.body, '').digest)
        return null;
      const digest = move.words % 2 === 1 ? { digest: 'A'.repeat(43) } : {};
      return { ...owner, body: answerTo('approve', one.body, one.pending, { ...over, ...digest }) };
    }
    case 8: {
      // Keys of the intake and of verify: they reach the topics of requests and of upkeep, and no other.
      const topic = move.words % 2 === 0 ? topicOf(REQUESTER) : TOPICS.upkeep;
      const keep = { owner: { keep: { requesterUid: REQUESTER, access: 'register' } } };
      return { ...own, topic, body: one === undefined ? keep : answerTo('approve', one.body, one.pending) };
    }
    case 9:
      return { ...own, topic: TOPICS.upkeep, ago: 0, body: upkeepOf(at, move) };
    case 10:
      return { ...own, body: emergencyOf(at, move) };
    case 11:
    case 12:
      return overHttp(at, move, one, request);
    case 13:
      // Whoever may invoke verify.
      return one === undefined
        ? forgedOutcome(at, request, topicOf(REQUESTER))
        : forgedOutcome(at, answerTo('approve', one.body, one.pending), TOPICS.owner);
    default:
      // The owner confirms the role, now and then.
      return move.which % 4 > 0
        ? null
        : speak({ ...owner, body: { owner: { keep: { requesterUid: REQUESTER, access: 'register' } } } });
  }
}

/** What a ticket client makes of the intake, which may publish where its requesters may. */
async function overHttp(
  at: Direct,
  move: Move,
  one: Asked | undefined,
  request: object,
): Promise<Sent | null> {
  const { ownerUid, requesters } = at.settings;
  const intake = door({
    now: at.clock.now(),
    settings: () => ({ ownerUid, requestTopic: 'requests', requesters }),
  });
  const approval = one === undefined ? request : answerTo('approve', one.body, one.pending);
  await intake.post([request, emergencyOf(at, move), approval, one?.body ?? request][move.which % 4]);
  const [published] = intake.published;
  if (published === undefined) return null;
  return { topic: published.topic, body: JSON.parse(published.body), ago: 0, says: null, yes: false };
}
