import type { Chance, WeatherCall } from '../../../local/cloud/weather.ts';
import { type Built, openBuilt } from '../built.ts';
import { Dice } from '../dice.ts';
import { mostOf } from '../ended.ts';
import { orderKills } from '../kills.ts';
import { without } from '../requests.ts';
import { scenario, type Trial, unmet } from '../scenario.ts';

interface Message {
  readonly uid: string;
  readonly body: string;
  /** Its place among all messages of its world: `m-17-` stands in it, and in whatever is said about it. */
  readonly number: number;
}

interface Case {
  readonly seed: number;
  readonly messages: readonly Message[];
  readonly chances: readonly Chance[];
  /** Share of messages that arrive twice. */
  readonly copies: number;
  /** At which calls, each counted from the one before, a function is killed. */
  readonly kills: readonly number[];
}

/** Messages of one world, and of those that are published at once. */
const MESSAGES = 250;
const AT_ONCE = 50;
const UIDS = Array.from({ length: 10 }, (_, at) => String(1_000_000_000_000_001n + BigInt(at)));
/** Faults of which the caller knows that nothing happened. */
const PLAIN = ['before', 'dropped', 'throttled'] as const;

export const conservation = scenario<Case>({
  id: 'conservation',
  promise:
    'any messages under random faults: each has exactly one final outcome, a reply or a dead letter; copies of a reply share one id',
  where: 'built functions',
  unit: 'messages',
  full: 10_000,
  short: 25,
  seconds: 175,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'conservation');
    const each = Math.min(MESSAGES, Math.ceil(runs / 2));
    for (let left = runs; left > 0; left -= each) yield caseOf(dice, Math.min(left, each), left === runs);
  },
  attempt: through,
  tell: ({ seed, messages, chances, copies, kills }) => [
    `world ${seed}; ${copies * 100}% of messages come twice; ${chances.map(({ kind, rate, matches }) => `${rate * 100}% of ${matches === undefined ? 'calls' : 'replies'}: ${kind}`).join(', ')}`,
    `killed at calls ${kills.join(', ') || 'none'}`,
    ...messages.slice(0, 20).map(({ uid, body }) => `${body} to the topic of ${uid}`),
  ],
  *smaller(one) {
    if (one.kills.length > 0) yield { ...one, kills: [] };
    for (const chances of without(one.chances)) yield { ...one, chances };
    for (const messages of without(one.messages)) yield { ...one, messages };
  },
  worst: (figure) => `${figure} deliveries of one event`,
});

/** `mute`, as the first of at least two is: nobody is left in doubt, and nearly every reply fails to be sent. */
function caseOf(dice: Dice, count: number, mute: boolean): Case {
  const plain = dice.chance(0.5) || mute;
  const kinds = dice.some(plain ? PLAIN : ([...PLAIN, 'after', 'lost'] as const), 1);
  const chances = kinds.map((kind): Chance => ({ kind, rate: dice.pick([0.02, 0.05, 0.1]) }));
  if (dice.chance(0.08) || mute) chances.push({ kind: dice.pick(PLAIN), rate: 0.95, matches: isPublish });
  return {
    seed: dice.int(1, 1e9),
    messages: Array.from({ length: count }, (_, number) => messageOf(dice, number)),
    chances,
    copies: plain ? 0 : 0.1,
    kills: plain ? [] : Array.from({ length: dice.int(0, 6) }, () => dice.int(1, 400)),
  };
}

const isPublish = ({ operation }: WeatherCall): boolean => operation === 'PublishMessage';

/** Half of them are refused, in one of all ways; the others want something, often what stands already. */
function messageOf(dice: Dice, number: number): Message {
  const uid = dice.pick([UIDS[0] ?? '', ...UIDS.slice(1)]);
  const request = { requesterUid: uid, requestId: markFor(number) };
  const engines = dice.some(['redis', 'gdb', 'rds'], 1);
  const refused = [
    { ...request, engines: ['rediss'] },
    { ...request, engines, requesterUid: '1000000000000099' },
    { ...request, engines, requesterUid: UIDS.find((other) => other !== uid) },
    { ...request, engines, requesterUid: '2000000000000002' },
    { ...request, engines, colour: 'red' },
    { ...request, engines, expiresAt: '2020-01-01T00:00:00Z' },
    `garbage ${markFor(number)}`,
    `"${markFor(number)}"`,
  ] as const;
  const wanted = [
    { ...request, engines },
    { ...request, engines, action: 'revoke' },
    { ...request, action: 'verify' },
    { ...request, access: 'console', users: ['alice'] },
    { ...request, action: 'revoke' },
  ] as const;
  const body = dice.chance(0.65) ? dice.pick<string | object>(refused) : dice.pick<object>(wanted);
  return { uid, body: typeof body === 'string' ? body : JSON.stringify(body), number };
}

async function through({ seed, messages, chances, copies, kills }: Case): Promise<Trial> {
  const built = await openBuilt({
    uids: UIDS,
    weather: { seed, latencyMs: 20, chances, messages: { duplicate: copies, reorder: 0.1 } },
  });
  try {
    orderKills(
      built,
      kills.map((call, index) => ({ call, when: index % 2 === 0 ? 'before' : 'after' })),
    );
    for (let from = 0; from < messages.length; from += AT_ONCE) {
      for (const { body, uid } of messages.slice(from, from + AT_ONCE)) built.publish(body, uid);
      await built.settle();
    }
    const isPlain =
      copies === 0 && kills.length === 0 && !chances.some(({ kind }) => kind === 'after' || kind === 'lost');
    return { runs: messages.length, wrong: wrongOutcomes(built, messages, isPlain), figure: mostOf(built) };
  } finally {
    await built.close();
  }
}

/**
 * `isPlain`: nothing comes twice and nobody is left in doubt, so there is a reply or one dead letter, never both; a reply
 * may go out in two copies, of one id, when a late timer of the vendor's core makes its sender try again, and before its
 * sender gives up, when that meets the last try. Else a copy of a message may end otherwise than the first, and a reply
 * whose answer was lost may have gone out before its sender gave up: then there may be both, but never two replies.
 */
function wrongOutcomes(built: Built, messages: readonly Message[], isPlain: boolean): string[] {
  const replies = byMark(built.everyReply(), (reply) => JSON.stringify(reply));
  const letters = byMark(built.deadLetters(), (letter) => letter);
  const wrong = messages.flatMap(({ number, body }) => {
    const said = replies.get(number) ?? [];
    const dead = letters.get(number) ?? [];
    const ids = new Set(said.map(({ id }) => id));
    return unmet(
      [ids.size <= 1, `${body}: replies of ${ids.size} ids`],
      [said.length + dead.length > 0, `${body}: neither a reply nor a dead letter`],
      [
        !isPlain || ids.size + dead.length <= 1 || (dead.length === 1 && dead.every(wasInDoubt)),
        `${body}: ${said.length} replies and ${dead.length} dead letters`,
      ],
    );
  });
  if (built.host.undelivered.length > 0)
    wrong.push(`${built.host.undelivered.length} destinations were not reached`);
  const strange = [...replies.keys(), ...letters.keys()].filter((number) =>
    messages.every((one) => one.number !== number),
  );
  if (strange.length > 0) wrong.push(`outcomes of ${strange.join()}, which nobody sent`);
  return wrong;
}

/** Whether a sender gave up on a call of which it could not know whether it had been made. */
export const wasInDoubt = (letter: string): boolean =>
  /no answer \(RequestTimeout\w*\), after \d/.test(letter);

function byMark<T>(
  outcomes: readonly T[],
  textOf: (outcome: T) => string,
): ReadonlyMap<number, readonly T[]> {
  const found = new Map<number, T[]>();
  for (const one of outcomes) {
    const mark = markOf(textOf(one));
    found.set(mark, [...(found.get(mark) ?? []), one]);
  }
  return found;
}

/**
 * Letters that no hexadecimal number has: request ids of the platform, whose first part is a time, stand in every dead
 * letter.
 */
const markFor = (number: number): string => `m-${number}-`;

/** Which message a reply or a dead letter is about. */
export const markOf = (text: string): number => Number(/m-(\d+)-/.exec(text)?.[1] ?? Number.NaN);
