import { setImmediate } from 'node:timers/promises';
import type { Hook } from '../kit/direct-api.ts';
import type { Dice } from './dice.ts';

/** Lets calls that are made at once go on one at a time, in an order of chance. */
export class Interleaver {
  readonly #waiting: (() => void)[] = [];
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** A call waits until its turn comes. */
  turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  readonly hook: Hook = async () => {
    await this.turn();
    return undefined;
  };

  /** Gives turns until `work` has settled. */
  async during<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    work.then(settle, settle);
    for (;;) {
      await setImmediate();
      if (settled) return work;
      const last = this.#waiting.length - 1;
      if (last < 0) continue;
      // Any of those that wait; the last takes its place.
      const at = this.#dice.int(0, last);
      const go = this.#waiting[at];
      const moved = this.#waiting.pop();
      if (at !== last && moved !== undefined) this.#waiting[at] = moved;
      go?.();
    }
  }
}
