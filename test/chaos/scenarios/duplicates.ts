import { RetryableError } from '../../../shared/runtime/errors.ts';
import { type Direct, direct, type Hook } from '../../helpers/direct.ts';
import { type Ask, deliver } from '../../property/lifecycle/model.ts';
import { type Built, openBuilt, REQUESTER } from '../built.ts';
import { Dice } from '../dice.ts';
import { Interleaver } from '../interleave.ts';
import { scenario, type Trial, unmet } from '../scenario.ts';
import { essenceOf, stateOf } from '../snapshot.ts';

interface Case {
  readonly seed: number;
  readonly history: number;
  readonly copies: number;
  readonly where: 'in process' | 'built functions';
}

const ask = (minute: number, action: Ask['action'], ...engines: Ask['engines'][number][]): Ask => ({
  requesterUid: REQUESTER,
  action,
  engines,
  minute,
  until: null,
});

/** What stands, and what comes a thousand times. */
const HISTORIES: readonly { readonly before: readonly Ask[]; readonly copied: Ask }[] = [
  { before: [], copied: ask(2, 'grant', 'redis', 'gdb') },
  { before: [ask(1, 'grant', 'redis')], copied: ask(2, 'grant', 'gdb') },
  { before: [ask(1, 'grant', 'redis', 'gdb')], copied: ask(2, 'revoke', 'gdb') },
  { before: [ask(1, 'grant', 'redis', 'gdb')], copied: ask(2, 'revoke') },
];

const COPIES = 1_000;
/** Every so many schedules, one in the built functions: there the platform makes a second writer impossible. */
const BUILT_EVERY = 10;

export const duplicates = scenario<Case>({
  id: 'duplicates',
  promise: '1,000 copies in order and 1,000 at once: one role, no second effect',
  where: 'built functions and in process',
  unit: 'schedules, each of 1,000 copies in order and 1,000 at once',
  full: 100,
  short: 2,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'duplicates');
    for (let run = 0; run < runs; run += 1)
      yield {
        seed: dice.int(1, 1e9),
        history: run % HISTORIES.length,
        copies: runs < BUILT_EVERY ? COPIES / 5 : COPIES,
        where: run % BUILT_EVERY === BUILT_EVERY - 1 ? 'built functions' : 'in process',
      };
  },
  attempt: (one) => (one.where === 'in process' ? inProcess(one) : inBuilt(one)),
  tell: ({ seed, history, copies, where }) => [
    ...(HISTORIES[history]?.before ?? []).map((one) => `${JSON.stringify(one)} stands`),
    `${copies} copies of ${JSON.stringify(HISTORIES[history]?.copied)} arrive in order, then elsewhere at once, ${where}`,
    `schedule ${seed}`,
  ],
  *smaller(one) {
    for (const copies of [2, 3, 5, 10, 100]) if (copies < one.copies) yield { ...one, copies };
  },
  worst: (figure) => `${figure} changes of RAM by all copies together`,
});

/** What really changed in RAM, one entry for each write that left it other than before. */
class Effects {
  readonly states: string[];
  readonly #at: Direct;

  constructor(at: Direct) {
    this.#at = at;
    this.states = [stateOf(at.owner)];
  }

  look(): void {
    const state = stateOf(this.#at.owner);
    if (state !== this.states.at(-1)) this.states.push(state);
  }

  /** Looks after every write. */
  hook(turn: () => Promise<void>): Hook {
    return async ({ kind }) => {
      await turn();
      return kind === 'write' ? () => this.look() : undefined;
    };
  }
}

async function inProcess({ seed, history, copies }: Case): Promise<Trial> {
  const found = HISTORIES[history];
  if (found === undefined) throw new Error(`no history ${history}`);
  const { before, copied } = found;
  const once = await world(before);
  const one = new Effects(once);
  const stood = once.writes.length;
  await deliver(
    once,
    copied,
    one.hook(async () => {}),
  );

  // Writes of one copy that are made side by side are two changes if another copy's come in between.
  const writes = once.writes.length - stood;

  const ordered = await world(before);
  const inOrder = new Effects(ordered);
  for (let copy = 0; copy < copies; copy += 1)
    await deliver(
      ordered,
      copied,
      inOrder.hook(async () => {}),
    );

  const racing = await world(before);
  const atOnce = new Effects(racing);
  const interleaver = new Interleaver(new Dice(seed, 'schedule'));
  const hook = atOnce.hook(() => interleaver.turn());
  await interleaver.during(Promise.all(Array.from({ length: copies }, () => platform(racing, copied, hook))));
  return {
    runs: 1,
    figure: atOnce.states.length - 1,
    wrong: unmet(
      [
        inOrder.states.length === one.states.length,
        `in order: ${inOrder.states.length - 1} changes, ${one.states.length - 1} by one copy`,
      ],
      [stateOf(ordered.owner) === stateOf(once.owner), 'in order: another end than by one copy'],
      [stateOf(racing.owner) === stateOf(once.owner), 'at once: another end than by one copy'],
      [
        atOnce.states.length - 1 <= writes,
        `at once: ${atOnce.states.length - 1} changes, ${writes} writes by one copy`,
      ],
      [
        new Set(atOnce.states).size === atOnce.states.length,
        'at once: a state came back after it had been left',
      ],
    ),
  };
}

async function world(before: readonly Ask[]): Promise<Direct> {
  const at = await direct();
  at.clock.advance(3_600_000);
  for (const one of before) await deliver(at, one);
  return at;
}

/** Delivers as the platform does: again, up to four times, where another delivery may do better. */
async function platform(at: Direct, one: Ask, hook: Hook): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await deliver(at, one, hook);
      return;
    } catch (error) {
      if (!(error instanceof RetryableError) || attempt === 3) throw error;
    }
  }
}

async function inBuilt({ seed, history, copies }: Case): Promise<Trial> {
  const found = HISTORIES[history];
  if (found === undefined) throw new Error(`no history ${history}`);
  const weather = { seed, latencyMs: { min: 5, max: 50 }, messages: { duplicate: 0.2, reorder: 0.2 } };
  const built = await openBuilt({ weather });
  try {
    const once = await copiesOf(built, found, 1, true);
    await built.renew();
    const inOrder = await copiesOf(built, found, copies, false);
    await built.renew();
    const atOnce = await copiesOf(built, found, copies, true);
    return {
      runs: 1,
      figure: once.writes,
      wrong: [inOrder, atOnce].flatMap((many, index) =>
        unmet(
          [
            many.state === once.state,
            `${index === 0 ? 'in order' : 'at once'}: another end than by one copy`,
          ],
          [many.writes === once.writes, `${many.writes} writes took effect, ${once.writes} by one copy`],
          [many.replies.size === 1, `the replies say ${[...many.replies].join(' | ')}`],
          [many.ids === 1, `${many.ids} ids of replies`],
        ),
      ),
    };
  } finally {
    await built.close();
  }
}

async function copiesOf(
  built: Built,
  { before, copied }: { before: readonly Ask[]; copied: Ask },
  copies: number,
  atOnce: boolean,
): Promise<{ state: string; writes: number; replies: Set<string>; ids: number }> {
  const bodyOf = ({ action, engines }: Ask) => ({
    requesterUid: REQUESTER,
    action,
    requestId: 'copy',
    ...(engines.length === 0 ? {} : { engines }),
  });
  for (const one of before) {
    built.publish(bodyOf(one));
    await built.settle();
    await built.clock.advance(60_000);
  }
  built.forgetSoFar();
  for (let copy = 0; copy < copies; copy += 1) {
    built.publish(bodyOf(copied));
    if (!atOnce) await built.settle();
  }
  await built.settle();
  const replies = built.everyReply();
  return {
    state: stateOf(built.owner),
    writes: built.calls('ram').filter(({ kind, status }) => kind === 'write' && status === 200).length,
    replies: new Set(replies.map(essenceOf)),
    ids: new Set(replies.map(({ id }) => id)).size,
  };
}
