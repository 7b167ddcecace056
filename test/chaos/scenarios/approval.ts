import { attack, type Move } from '../../kit/hostile-approval.ts';
import { attackExcepted } from '../../kit/hostile-excepted.ts';
import { Dice } from '../dice.ts';
import { scenario, unmet } from '../scenario.ts';

interface Case {
  readonly moves: readonly Move[];
  /** Whether grants of a week need no approval. */
  readonly excepts: boolean;
}

/** Messages of one world. */
const MESSAGES = 50;

export const approval = scenario<Case>({
  id: 'approval',
  promise:
    'whatever a hostile requester, a hostile ticket client, keys of verify and intake, and whoever may invoke verify send, and whatever of the owner is delivered again: nothing is granted but what was approved, by its digest, or what needs no approval, and one emergency at a time, for its hours',
  where: 'in process',
  unit: 'messages',
  full: 10_000,
  short: 800,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'approval');
    for (let sent = 0; sent < runs; sent += MESSAGES)
      yield {
        moves: Array.from({ length: Math.min(MESSAGES, runs - sent) }, () => moveOf(dice)),
        excepts: (sent / MESSAGES) % 2 === 1,
      };
  },
  async attempt({ moves, excepts }) {
    const { wrong, approvals, emergencies } = await (excepts ? attackExcepted : attack)(moves);
    return {
      runs: moves.length,
      figure: approvals + emergencies,
      wrong: unmet(...wrong.map((one) => [false, one] as const)),
    };
  },
  tell: ({ moves }) => moves.map((move) => JSON.stringify(move)),
  *smaller({ moves, excepts }) {
    if (moves.length < 2) return;
    const half = Math.ceil(moves.length / 2);
    yield { excepts, moves: moves.slice(half) };
    yield { excepts, moves: moves.slice(0, half) };
    for (const [n] of moves.entries()) yield { excepts, moves: moves.toSpliced(n, 1) };
  },
  worst: (figure) => `${figure} approvals and emergencies took effect in one world`,
});

const moveOf = (dice: Dice): Move => ({
  kind: dice.int(0, 9_999),
  words: dice.int(0, 9_999),
  id: dice.int(0, 9_999),
  which: dice.int(0, 9_999),
  // Now and then so long that what waits ends.
  minutes: dice.chance(0.15) ? dice.int(0, 1_500) : dice.int(0, 30),
});
