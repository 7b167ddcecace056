/** Draws the mutants of a sample, for Stryker: the same ones for the same seed, as long as the code is the same. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';

/** Whose ranks are the lowest. */
export const draw = (mutants, count, seed) =>
  mutants
    .map((mutant) => ({ mutant, rank: rankOf(mutant, seed) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);

function rankOf({ fileName, location, replacement }, seed) {
  const what = [seed, relative('', fileName), location, replacement];
  return createHash('sha256').update(JSON.stringify(what)).digest('hex');
}

class Draw {
  static inject = tokens(commonTokens.options);
  #sample;

  constructor({ sample }) {
    this.#sample = sample;
  }

  onMutationTestingPlanReady({ mutantPlans }) {
    if (this.#sample === undefined) return;
    const { count, seed, file } = this.#sample;
    const drawn = draw(
      mutantPlans.map(({ mutant }) => mutant),
      count,
      seed,
    );
    writeFileSync(file, JSON.stringify(drawn.map(({ id }) => id)));
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'draw', Draw)];
