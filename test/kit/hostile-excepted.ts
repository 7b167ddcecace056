import type { Grant } from '../../events/grant.ts';
import type { Outcome } from '../../events/outcome.ts';
import { grantedList } from '../../shared/record/granted-list.ts';
import { readRecord } from '../../shared/record/record.ts';
import { REQUESTER } from './accounts.ts';
import { answerTo, approving } from './approval.ts';
import { type Direct, direct, topicOf } from './direct.ts';
import type { Attacked } from './hostile-approval.ts';
import { type Asked, type Move, messageOf, type Said } from './hostile-moves.ts';
import { ROLE } from './roles.ts';
import { send } from './send.ts';
import { DAY, HOUR } from './time.ts';

/** What needs no approval ends after so many days at the latest, rounded up to a midnight. */
const DAYS = 7;

/** The moves that matter here, those often that ask and approve: of `messageOf`. */
const KINDS = [0, 1, 2, 0, 1, 2, 3, 4, 4, 4, 5, 6, 9, 9, 10, 11, 13] as const;

/** A request that waits or that was approved, and what was granted when it was asked for. */
interface Waiting extends Asked {
  readonly beside: readonly Grant[];
}

/**
 * The same attack where grants of a week need no approval, and have an end by default: what lasts longer must be what the
 * words of one approval ask for, so far and so long. `wrong`: what does not.
 */
export async function attackExcepted(moves: readonly Move[]): Promise<Attacked> {
  const over = { defaultDays: 5, breakGlass: { maxHours: 4 } };
  const clients = [{ name: 'jira', requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'TOKEN' } }];
  const at = await direct(false, approving({ unless: { maxDays: DAYS } }, { clients }, over));
  const asked: Asked[] = [];
  const said: Said[] = [];
  const wrong: string[] = [];
  const approved: Waiting[] = [];
  let waiting: Waiting | null = null;
  for (const [n, any] of moves.entries()) {
    const move = { ...any, kind: KINDS[any.kind % KINDS.length] ?? 0 };
    await at.clock.sleep(move.minutes * 60_000 + 1);
    // What waits last is answered most, so that much is approved.
    const answered = move.words % 4 === 0 ? asked[move.which % Math.max(1, asked.length)] : asked.at(-1);
    const message = await messageOf(at, move, answered, said);
    if (message === null) continue;
    const beside = grantsOf(at);
    const done: Outcome = await send(at, message.body, { topic: message.topic, ago: message.ago });
    if (done.result === 'pending' && message.topic === topicOf(REQUESTER)) {
      const isSame: boolean = waiting?.pending.since === done.since;
      if (!isSame) waiting = { body: message.body, pending: done, beside };
      asked.push({ body: message.body, pending: done });
    }
    const isLive: boolean = waiting !== null && at.clock.now() < Number(waiting.pending.since) + 20 * HOUR;
    if (waiting !== null && isLive && message.says !== null && isAbout(message.says, waiting)) {
      // An extension that names nothing is about what the approver is shown with it.
      const isOfAll = Reflect.get(waiting.body, 'engines') === undefined;
      if (message.yes)
        approved.push(isOfAll ? { ...waiting, beside: [...waiting.beside, ...beside] } : waiting);
      waiting = null;
    }
    for (const grant of grantsOf(at))
      if (endIn(grant) > at.clock.now() + (DAYS + 1) * DAY && !approved.some((one) => asksFor(one, grant)))
        wrong.push(`move ${n} (${JSON.stringify(message)}): grants ${JSON.stringify(grant)}`);
  }
  return { wrong, approvals: approved.length, emergencies: 0 };
}

const isAbout = (says: unknown, { body, pending }: Asked): boolean =>
  JSON.stringify(says) === JSON.stringify(answerTo('approve', body, pending).owner['approve']);

/** Whether the words of a request ask for a grant: for its engine, so far and so long. */
function asksFor({ body, beside }: Waiting, { id, readOnly, expiresAt }: Grant): boolean {
  const read = (field: string): unknown => Reflect.get(body, field);
  const [engines, end] = [read('engines'), read('expiresAt')];
  const isNamed = engines === undefined || (Array.isArray(engines) && engines.includes(id));
  const isLong = end === undefined || end === 'never' || (expiresAt !== null && expiresAt <= String(end));
  const isWide =
    read('action') === 'extend'
      ? beside.some((grant) => grant.id === id && (readOnly || !grant.readOnly))
      : readOnly || read('readOnly') !== true;
  return isNamed && isLong && isWide;
}

const grantsOf = (at: Direct): readonly Grant[] => {
  const tags = at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>();
  return grantedList(readRecord(tags, at.clock.now()), at.clock.now());
};
const endIn = ({ expiresAt }: Grant): number => (expiresAt === null ? Infinity : Date.parse(expiresAt));
