import { randomStream } from '../../local/cloud/weather.ts';

/** Everything that a scenario leaves to chance, out of its seed: the same seed and name, the same throws. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number, name: string) {
    this.#next = randomStream(seed, name);
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.#next() * (max - min + 1));
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  /** Any part of a list, in its order; at least `least` of it. */
  some<T>(list: readonly T[], least = 0): T[] {
    const share = this.#next();
    const chosen = list.filter(() => this.#next() < share);
    return chosen.length >= least ? chosen : this.shuffled(list).slice(0, least);
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((one) => [this.#next(), one] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, one]) => one);
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.int(0, 255)));
  }
}
