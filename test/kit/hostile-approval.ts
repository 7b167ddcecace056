import type { Grant } from '../../events/grant.ts';
import type { Outcome } from '../../events/outcome.ts';
import { grantedList } from '../../shared/record/granted-list.ts';
import { readRecord } from '../../shared/record/record.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { REQUESTER } from './accounts.ts';
import { answerTo, approving, shown } from './approval.ts';
import { type Direct, direct, topicOf } from './direct.ts';
import { send } from './send.ts';
import { HOUR, MINUTE } from './time.ts';

/** One message of somebody hostile, of the owner, or of the broker that delivers something again; all by numbers. */
export interface Move {
  readonly kind: number;
  readonly words: number;
  readonly id: number;
  readonly which: number;
  readonly minutes: number;
}

const ROLE = `dms-cross-account-${REQUESTER}`;
const ENGINES = [['redis'], ['lindorm'], ['redis', 'gdb']] as const;

interface Asked {
  readonly body: object;
  readonly pending: Outcome;
}

/** What is granted where nobody had approved it, move by move; empty as it must be. `approvals`: how many took effect. */
export async function attack(
  moves: readonly Move[],
): Promise<{ readonly wrong: readonly string[]; readonly approvals: number }> {
  const at = await direct(false, approving());
  const asked: Asked[] = [];
  const said: object[] = [];
  const wrong: string[] = [];
  let waiting: Asked | null = null;
  let approvals = 0;
  for (const [n, move] of moves.entries()) {
    await at.clock.sleep(move.minutes * MINUTE + 1);
    const before = grantsOf(at);
    const one = asked[move.which % Math.max(1, asked.length)];
    const body = bodyOf(at, move, one, said);
    if (body === null) continue;
    const done = await send(at, body.body, { topic: body.topic, ago: body.ago });
    if (done.result === 'pending' && body.topic === topicOf(REQUESTER)) {
      const isSame = waiting !== null && waiting.pending.since === done.since;
      if (!isSame) waiting = { body: body.body, pending: done };
      asked.push({ body: body.body, pending: done });
    }
    const isLive: boolean = waiting !== null && at.clock.now() < Number(waiting.pending.since) + 20 * HOUR;
    const counts =
      isLive && body.says !== null && JSON.stringify(body.says) === JSON.stringify(wordOf(waiting));
    const after = grantsOf(at);
    if (counts && body.yes) approvals += 1;
    if (counts) waiting = null;
    if (!(counts && body.yes))
      wrong.push(...wider(before, after).map((what) => `move ${n} (${JSON.stringify(body)}): ${what}`));
  }
  return { wrong, approvals };
}

const wordOf = (one: Asked | null) =>
  one === null ? null : answerTo('approve', one.body, one.pending).owner['approve'];

interface Sent {
  readonly body: object;
  readonly topic: string;
  readonly ago: number;
  /** What an answer of the owner's topic is about, and whether it says yes; null for all else. */
  readonly says: unknown;
  readonly yes: boolean;
}

function bodyOf(at: Direct, move: Move, one: Asked | undefined, said: object[]): Sent | null {
  const own = { topic: topicOf(REQUESTER), ago: (move.which % 3) * 40 * MINUTE, says: null, yes: false };
  const owner = { topic: TOPICS.owner, ago: 0, says: null, yes: false };
  const request = requestOf(at, move);
  switch (move.kind % 10) {
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
      said.push(body);
      return { ...owner, body, says: body.owner['approve'], yes: true };
    }
    case 5: {
      if (one === undefined) return null;
      const body = answerTo('deny', one.body, one.pending);
      return { ...owner, body, says: body.owner['deny'], yes: false };
    }
    case 6: {
      // The broker delivers an approval once more, as late as it may.
      const body = said[move.words % Math.max(1, said.length)];
      if (body === undefined) return null;
      return { ...owner, body, says: Reflect.get(Reflect.get(body, 'owner'), 'approve'), yes: true };
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
      if (one === undefined) return null;
      const topic = move.words % 2 === 0 ? topicOf(REQUESTER) : TOPICS.upkeep;
      return { ...own, topic, body: answerTo('approve', one.body, one.pending) };
    }
    default:
      return { ...own, topic: TOPICS.upkeep, ago: 0, body: upkeepOf(at, move) };
  }
}

function requestOf(at: Direct, { words, id, which }: Move) {
  const head = { requesterUid: REQUESTER, requestId: `r-${id % 4}` };
  const engines = ENGINES[words % ENGINES.length] ?? ENGINES[0];
  const expiresAt = new Date(at.clock.now() + (1 + (which % 5)) * 30 * HOUR).toISOString();
  switch (words % 6) {
    case 0:
      return { ...head, action: 'revoke', engines };
    case 1:
      return { ...head, action: 'extend', expiresAt: which % 2 === 0 ? 'never' : expiresAt };
    case 2:
      return { ...head, engines, expiresAt };
    case 3:
      return { ...head, engines: ['redis'], readOnly: true, expiresAt };
    default:
      return { ...head, engines };
  }
}

function upkeepOf(at: Direct, { words }: Move) {
  const stamp = new Date(at.clock.now()).toISOString();
  const tags = { 'dms-engine-redis': `granted ${stamp}`, 'dms-notes': '-' };
  return [
    { upkeep: { role: ROLE, expired: ['redis'] } },
    { upkeep: { role: ROLE, unanswered: true } },
    { upkeep: { role: ROLE, repair: true } },
    { upkeep: { remember: { roles: [ROLE], tags } } },
  ][words % 4] as object;
}

const grantsOf = (at: Direct): readonly Grant[] => {
  const tags = at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>();
  return grantedList(readRecord(tags, at.clock.now()), at.clock.now());
};

/** What the second grants beyond the first: another id, another scope, or a later end. */
const wider = (before: readonly Grant[], after: readonly Grant[]): readonly string[] =>
  after.flatMap((grant) => {
    const was = before.find(({ id }) => id === grant.id);
    const same = was?.readOnly === grant.readOnly && String(was?.instances) === String(grant.instances);
    const end = (one: Grant) => (one.expiresAt === null ? Infinity : Date.parse(one.expiresAt));
    return was !== undefined && same && end(grant) <= end(was) ? [] : [`grants ${JSON.stringify(grant)}`];
  });
