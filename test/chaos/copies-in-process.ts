import { RetryableError } from '../../shared/runtime/errors.ts';
import { type Direct, direct } from '../kit/direct.ts';
import type { Hook } from '../kit/direct-api.ts';
import { type Ask, deliver } from '../property/lifecycle/model.ts';
import type { Copied, Copies } from './copies.ts';
import { Dice } from './dice.ts';
import { Interleaver } from './interleave.ts';
import { type Trial, unmet } from './scenario.ts';
import { stateOf } from './snapshot.ts';

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

/** Many writers at once, whose calls come in an order of chance: what the platform's one instance rules out, and more. */
export async function copiesInProcess({ seed, history, copies }: Copies): Promise<Trial> {
  const { before, copied } = history;
  // No schedule changes these.
  const { state, writes, wrong } = await inOrder(history, copies);

  const racing = await world(before);
  const atOnce = new Effects(racing);
  const interleaver = new Interleaver(new Dice(seed, 'schedule'));
  const hook = atOnce.hook(() => interleaver.turn());
  await interleaver.during(Promise.all(Array.from({ length: copies }, () => platform(racing, copied, hook))));
  return {
    runs: 1,
    figure: atOnce.states.length - 1,
    wrong: [
      ...wrong,
      ...unmet(
        [stateOf(racing.owner) === state, 'at once: another end than by one copy'],
        [
          atOnce.states.length - 1 <= writes,
          `at once: ${atOnce.states.length - 1} changes, ${writes} writes by one copy`,
        ],
        [
          new Set(atOnce.states).size === atOnce.states.length,
          'at once: a state came back after it had been left',
        ],
      ),
    ],
  };
}

/** What one copy comes to, and what is wrong with many of them one after the other. */
interface InOrder {
  readonly state: string;
  /** Writes of one copy: those that are made side by side are two changes if another copy's come in between. */
  readonly writes: number;
  readonly wrong: readonly string[];
}

const known = new Map<Copied, Map<number, Promise<InOrder>>>();

/** Made once for each history. */
function inOrder(history: Copied, copies: number): Promise<InOrder> {
  const made = known.get(history) ?? new Map<number, Promise<InOrder>>();
  known.set(history, made);
  const found = made.get(copies) ?? copiesInOrder(history, copies);
  made.set(copies, found);
  return found;
}

async function copiesInOrder({ before, copied }: Copied, copies: number): Promise<InOrder> {
  const once = await world(before);
  const stood = once.writes.length;
  await deliver(once, copied);
  const state = stateOf(once.owner);
  const writes = once.writes.length - stood;
  const ordered = await world(before);
  const effects = new Effects(ordered);
  for (let copy = 0; copy < copies; copy += 1) {
    await deliver(ordered, copied);
    effects.look();
  }
  return {
    state,
    writes,
    wrong: unmet(
      [effects.states.length === 2, `in order: ${effects.states.length - 2} changes after the first copy`],
      [
        ordered.writes.length - stood === writes,
        `in order: ${ordered.writes.length - stood} writes, ${writes} by one copy`,
      ],
      [stateOf(ordered.owner) === state, 'in order: another end than by one copy'],
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
