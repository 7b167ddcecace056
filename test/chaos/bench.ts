import { type Built, openBuilt } from './built.ts';

/** Cases that one world serves before a new one is made: it remembers calls, logs and sessions. */
const CASES_PER_WORLD = 100;

/** The world that the cases of a scenario share, each in its turn and with a clean RAM. */
export class Bench {
  readonly #seed: number;
  #built: Built | null = null;
  #cases = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Calm, and without anything of ours in RAM, queues or journal. */
  async built(): Promise<Built> {
    if (this.#cases >= CASES_PER_WORLD) await this.clear();
    this.#cases += 1;
    this.#built ??= await openBuilt({ weather: { seed: this.#seed } });
    await this.#built.renew();
    return this.#built;
  }

  async clear(): Promise<void> {
    const built = this.#built;
    this.#built = null;
    this.#cases = 0;
    await built?.close();
  }
}
