import type { Grant } from '../../events/grant.ts';
import { grantedList } from '../../shared/record/granted-list.ts';
import { readRecord } from '../../shared/record/record.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { REQUESTER } from './accounts.ts';
import { answerTo, approving } from './approval.ts';
import { type Direct, direct, topicOf } from './direct.ts';
import { type Asked, type Move, messageOf, type Said, type Sent } from './hostile-moves.ts';
import { send } from './send.ts';
import { HOUR, MINUTE } from './time.ts';

export type { Move } from './hostile-moves.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const HOURS = 4;
const CLIENT = { name: 'jira', requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'TOKEN' } };

/** What an attack came to. `approvals`, `emergencies`: how many took effect; where none did it would prove nothing. */
export interface Attacked {
  /** What is granted where nobody had approved it, move by move; empty as it must be. */
  readonly wrong: readonly string[];
  readonly approvals: number;
  readonly emergencies: number;
}

/** The last emergency, as the rules have it: one until the owner has confirmed the role after it. */
interface Taken {
  readonly at: number | null;
  readonly confirmedAt: number;
}

export async function attack(moves: readonly Move[]): Promise<Attacked> {
  const rights = { breakGlass: { maxHours: HOURS } };
  const at = await direct(false, approving({}, { clients: [CLIENT] }, rights));
  const asked: Asked[] = [];
  const said: Said[] = [];
  const wrong: string[] = [];
  let waiting: Asked | null = null;
  let taken: Taken = { at: null, confirmedAt: 0 };
  let [approvals, emergencies] = [0, 0];
  for (const [n, move] of moves.entries()) {
    await at.clock.sleep(move.minutes * MINUTE + 1);
    const message = await messageOf(at, move, asked[move.which % Math.max(1, asked.length)], said);
    if (message === null) continue;
    const before = grantsOf(at);
    const sentAt = at.clock.now() - message.ago;
    const done = await send(at, message.body, { topic: message.topic, ago: message.ago });
    if (done.result === 'pending' && message.topic === topicOf(REQUESTER)) {
      const isSame: boolean = waiting !== null && waiting.pending.since === done.since;
      if (!isSame) waiting = { body: message.body, pending: done };
      asked.push({ body: message.body, pending: done });
    }
    const isLive: boolean = waiting !== null && at.clock.now() < Number(waiting.pending.since) + 20 * HOUR;
    const answers = isLive && message.says !== null && isOf(message, waiting);
    const given = wider(before, grantsOf(at));
    const tell = (what: string) => wrong.push(`move ${n} (${JSON.stringify(message)}): ${what}`);
    if (answers && message.yes) {
      approvals += 1;
      for (const grant of given) if (!isAskedIn(waiting?.body ?? {}, grant)) tell(`beyond it ${told(grant)}`);
    } else if (given.length > 0 && isEmergency(message)) {
      emergencies += 1;
      // The first one needs no review before it.
      const { at: last, confirmedAt } = taken;
      if (last !== null && (confirmedAt <= last || sentAt <= confirmedAt))
        tell('an emergency before a review');
      for (const grant of given) {
        if (endIn(grant) > sentAt + HOURS * HOUR) tell(`an emergency for too long: ${told(grant)}`);
        if (before.some(({ id }) => id === grant.id)) tell(`an emergency on top: ${told(grant)}`);
      }
      taken = { ...taken, at: sentAt };
    } else for (const grant of given) tell(told(grant));
    if (answers) waiting = null;
    const isKept = done.result === 'report' && message.topic === TOPICS.owner;
    if (isKept && 'keep' in Reflect.get(message.body, 'owner'))
      taken = { ...taken, confirmedAt: Math.max(taken.confirmedAt, sentAt) };
  }
  return { wrong, approvals, emergencies };
}

const isOf = ({ says }: Sent, one: Asked | null): boolean =>
  one !== null &&
  JSON.stringify(says) === JSON.stringify(answerTo('approve', one.body, one.pending).owner['approve']);

const isEmergency = ({ body, topic }: Sent): boolean => 'breakGlass' in body && topic === topicOf(REQUESTER);

/** Whether the words that were approved ask for a grant: for its engine, so far and no longer. */
function isAskedIn(body: object, { id, readOnly, expiresAt }: Grant): boolean {
  const read = (field: string): unknown => Reflect.get(body, field);
  const engines = read('engines');
  const end = read('expiresAt');
  const isNamed = engines === undefined || (Array.isArray(engines) && engines.includes(id));
  const isLong = end !== undefined && end !== 'never' && expiresAt !== end;
  return isNamed && !isLong && (read('action') === 'extend' || readOnly === (read('readOnly') === true));
}

const grantsOf = (at: Direct): readonly Grant[] => {
  const tags = at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>();
  return grantedList(readRecord(tags, at.clock.now()), at.clock.now());
};

const told = (grant: Grant): string => `grants ${JSON.stringify(grant)}`;
const endIn = ({ expiresAt }: Grant): number => (expiresAt === null ? Infinity : Date.parse(expiresAt));

/** What the second grants beyond the first: another id, another scope, or a later end. */
const wider = (before: readonly Grant[], after: readonly Grant[]): readonly Grant[] =>
  after.filter((grant) => {
    const was = before.find(({ id }) => id === grant.id);
    const same = was?.readOnly === grant.readOnly && String(was?.instances) === String(grant.instances);
    return was === undefined || !same || endIn(grant) > endIn(was);
  });
