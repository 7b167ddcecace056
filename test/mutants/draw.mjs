/** Draws the mutants of a sample: the same ones for the same seed, as long as the code is the same. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { areaOf } from './areas.mjs';
import { ofInstrumenter } from './instrumenter.mjs';

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

const ROOMS = ['shared', 'functions', 'client', 'cli', 'local', 'scripts', 'events'];

/** The files that an area alters. */
export const sourcesOf = (area) =>
  ROOMS.flatMap((room) => readdirSync(room, { recursive: true }).map((name) => `${room}/${name}`))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && areaOf(file) === area);

/**
 * Where the drawn mutants of some files stand, as Stryker's `mutate` takes it. With all of the thousands of others in the
 * code, no process could note which test reaches which.
 */
export async function drawnPlaces(files, count, seed) {
  const { Instrumenter } = await ofInstrumenter('index.js');
  const read = files.map((file) => ({
    name: resolve(file),
    mutate: true,
    content: readFileSync(file, 'utf8'),
  }));
  const silent = { debug() {}, info() {}, isDebugEnabled: () => false };
  const all = { plugins: null, ignorers: [], excludedMutations: [] };
  const { mutants } = await new Instrumenter(silent).instrument(read, all);
  const places = draw(mutants, count, seed).map(
    ({ fileName, location: { start, end } }) =>
      `${relative('', fileName)}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`,
  );
  return { places, of: mutants.length };
}

/** Of the mutants in these places, some hold others, which were not drawn. */
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
