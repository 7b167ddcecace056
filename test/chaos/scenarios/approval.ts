import { attack, type Move } from '../../kit/hostile-approval.ts';
import { Dice } from '../dice.ts';
import { scenario, unmet } from '../scenario.ts';

interface Case {
  readonly moves: readonly Move[];
}

/** Messages of one world. */
const MESSAGES = 50;

export const approval = scenario<Case>({
  id: 'approval',
  promise:
    'whatever a hostile requester, a hostile ticket client and keys of verify and intake send, and whatever of the owner is delivered again: nothing is granted but what was approved, by its digest, and one emergency at a time, for its hours',
  where: 'in process',
  unit: 'messages',
  full: 10_000,
  short: 300,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'approval');
    for (let sent = 0; sent < runs; sent += MESSAGES)
      yield { moves: Array.from({ length: Math.min(MESSAGES, runs - sent) }, () => moveOf(dice)) };
  },
  async attempt({ moves }) {
    const { wrong, approvals, emergencies } = await attack(moves);
    return {
      runs: moves.length,
      figure: approvals + emergencies,
      wrong: unmet(...wrong.map((one) => [false, one] as const)),
    };
  },
  tell: ({ moves }) => moves.map((move) => JSON.stringify(move)),
  *smaller({ moves }) {
    if (moves.length < 2) return;
    const half = Math.ceil(moves.length / 2);
    yield { moves: moves.slice(half) };
    yield { moves: moves.slice(0, half) };
    for (const [n] of moves.entries()) yield { moves: moves.toSpliced(n, 1) };
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
