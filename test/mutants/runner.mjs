/**
 * Runs the tests of an area against each altered line, for Stryker. The runner for Vitest loads every test file anew for
 * each of thousands of mutants; here all of them are one script, which is loaded once. A mutant that takes effect while a
 * file is loaded gets a copy of its own, of which only the test files are loaded that reach the altered one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { AREAS, PASSES } from './areas.mjs';
import { collect } from './collect.mjs';
import { fileOf, Killers } from './killers.mjs';
import { LEFT_OUT } from './left-out.mjs';
import { run } from './run.mjs';
import { oneScript } from './script.mjs';
import { Seen } from './seen.mjs';
import { startsOthers, testFilesOf } from './test-files.mjs';
import { untried } from './trial.mjs';

/** How much processor time the tests of one mutant take, at most, by what they take without one. What comes first: see `#covering`. */
const SECONDS = 5;

/** What each took without a mutant, `{ timeSpentMs, cpuMs }`: written by the process that ran them, and read by all. */
const TIMES = 'times-of-units.json';

/** What Stryker is told of a mutant where tests are what is tried. */
const NOT_TRIED = { status: MutantRunStatus.Error, errorMessage: LEFT_OUT.notDrawn };

/** The functions in it are the built ones, which a test reaches without importing them. */
const LOCAL_CLOUD = 'local/local-cloud.ts';

/** Stryker's own names for what altered code reads and writes. */
globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
const state = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE];

class OneScript {
  static inject = tokens(commonTokens.options);
  #area;
  #deadline;
  #sample;
  /** Of a sample: the mutants that are tried. */
  #drawn = null;
  #script;
  #files = [];
  /** Of the copy that no mutant had a part in: its units, by file, as they were asked for. */
  #copy = null;
  #killers = new Killers();
  #times = null;
  #isDry = false;
  #failing;
  /** Where tests are what is tried, and not mutants: which of them have failed. */
  #seen = null;
  #units;
  #root = process.cwd();

  constructor({ area, deadline, sample, failing, seen, units }) {
    this.#failing = failing;
    this.#area = PASSES[area] ?? AREAS[area];
    if (seen !== undefined) this.#seen = new Seen(seen);
    this.#units = units;
    this.#deadline = deadline ?? Number.POSITIVE_INFINITY;
    this.#sample = sample;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const files = testFilesOf(this.#area.tests);
    this.#script = await oneScript(files);
    this.#files = files.filter((file) => !startsOthers(this.#script.reach.get(file)));
  }

  /** A new copy: by a file, its units, without those that fail where nothing is altered. One that cannot be loaded now fails. */
  #newCopy() {
    const load = this.#script.open();
    const units = new Map();
    return (file) => {
      if (!units.has(file)) units.set(file, collect(file, load[file]));
      return units.get(file).filter(({ id }) => this.#isDry || id in this.#times || this.#isBroken(file, id));
    };
  }

  /** Whether it stands for a file whose tests are known, and which a mutant keeps from being loaded. */
  #isBroken = (file, id) =>
    id === `${file}#loading` && Object.keys(this.#times).some((known) => fileOf(known) === file);

  async dryRun() {
    state.activeMutant = undefined;
    this.#isDry = true;
    this.#copy = this.#newCopy();
    this.#times = {};
    const tests = [];
    const failing = [];
    for (const unit of this.#files.flatMap(this.#copy)) {
      state.currentTestId = unit.id;
      const { cpuMs, ...result } = await run(unit);
      state.currentTestId = undefined;
      if (result.status === TestStatus.Failed) {
        failing.push(`${result.name}: ${result.failureMessage}`);
        delete state.mutantCoverage?.perTest[unit.id];
      } else {
        tests.push(result);
        const covers = Object.keys(state.mutantCoverage?.perTest[unit.id] ?? {}).length;
        this.#times[unit.id] = { timeSpentMs: result.timeSpentMs, cpuMs, covers };
      }
    }
    this.#isDry = false;
    writeFileSync(TIMES, JSON.stringify(this.#times));
    writeFileSync(this.#failing, JSON.stringify(failing));
    if (this.#units !== undefined)
      writeFileSync(this.#units, JSON.stringify(Object.fromEntries(tests.map(({ id, name }) => [id, name]))));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: state.mutantCoverage };
  }

  /** Why a mutant is not tried, if it is not. */
  #leftOut({ id }) {
    if (this.#sample !== undefined)
      this.#drawn ??= new Set(JSON.parse(readFileSync(this.#sample.file, 'utf8')));
    if (this.#drawn?.has(id) === false) return LEFT_OUT.notDrawn;
    return Date.now() > this.#deadline ? LEFT_OUT.noTime : null;
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, sandboxFileName, testFilter }) {
    const leftOut = this.#leftOut(activeMutant);
    if (leftOut !== null) return { status: MutantRunStatus.Error, errorMessage: leftOut };
    this.#times ??= JSON.parse(readFileSync(TIMES, 'utf8'));
    const source = relative('', sandboxFileName);
    await this.#prepare();
    state.hitCount = 0;
    state.hitLimit = hitLimit;
    state.activeMutant = activeMutant.id;
    const isStatic = mutantActivation === 'static';
    if (this.#seen !== null) return this.#tryTests(source, activeMutant.id, isStatic ? null : testFilter);
    const units = isStatic ? this.#reaching(source) : this.#covering(source, new Set(testFilter));
    const tests = [];
    let left = this.#area.seconds ?? SECONDS;
    for (const unit of units) {
      const { timeSpentMs, cpuMs } = this.#times[unit.id] ?? { timeSpentMs: 0, cpuMs: 0 };
      const result = await run(unit, timeSpentMs);
      if (result.isLate) return toMutantRunResult({ status: DryRunStatus.Timeout, reason: unit.name });
      tests.push(result);
      left -= cpuMs / 1_000;
      if (result.status === TestStatus.Failed) this.#killers.note(source, unit.id);
      if (result.status === TestStatus.Failed || left < 0) break;
    }
    const limit = determineHitLimitReached(state.hitCount, hitLimit);
    return toMutantRunResult(limit ?? { status: DryRunStatus.Complete, tests });
  }

  /** Tries tests that nothing has made fail so far; which mutant does, is no matter. */
  async #tryTests(source, mutant, ids) {
    const units = untried({
      mutant,
      ids: ids === null ? null : new Set(ids),
      files: this.#files.filter((file) => this.#script.reach.get(file).has(source)),
      copy: ids === null ? this.#newCopy() : this.#copy,
      times: this.#times,
      seen: this.#seen,
      stepsTo: (file) => this.#steps(source, file),
    });
    for (const unit of units) {
      const result = await run(unit, this.#times[unit.id].timeSpentMs);
      this.#seen.note(unit, result);
      if (result.isLate) return toMutantRunResult({ status: DryRunStatus.Timeout, reason: unit.name });
    }
    return NOT_TRIED;
  }

  /** What tests make once and keep is made without a mutant, by one test of each file; and nobody is left in another folder. */
  async #prepare() {
    process.chdir(this.#root);
    if (this.#copy !== null) return;
    state.activeMutant = undefined;
    this.#copy = this.#newCopy();
    for (const file of this.#files) {
      const [cheapest] = this.#copy(file).toSorted((one, other) => this.#costOf(one) - this.#costOf(other));
      if (cheapest !== undefined) await run(cheapest);
    }
  }

  #costOf = ({ id }) => this.#times[id].cpuMs;

  /** How many imports away the altered file is; it is not where a built function is between. */
  #steps = (source, file) => this.#script.reach.get(file).get(source) ?? Number.MAX_SAFE_INTEGER;

  /** Of the copy that stays, which is loaded without the mutant. */
  #covering(source, ids) {
    const files = [...new Set([...ids].map(fileOf))];
    const units = files.flatMap(this.#copy).filter(({ id }) => ids.has(id));
    return units.sort(
      (one, other) =>
        this.#killers.rank(source, other.id) - this.#killers.rank(source, one.id) ||
        this.#steps(source, one.file) - this.#steps(source, other.file) ||
        this.#costOf(one) - this.#costOf(other),
    );
  }

  /** File by file of a new copy, each loaded with the mutant. */
  *#reaching(source) {
    const copy = this.#newCopy();
    const { reach } = this.#script;
    const reaches = (file) =>
      reach.get(file).has(source) || (this.#area.isBuilt === true && reach.get(file).has(LOCAL_CLOUD));
    const costs = {};
    for (const [unit, { cpuMs }] of Object.entries(this.#times))
      costs[fileOf(unit)] = (costs[fileOf(unit)] ?? 0) + cpuMs;
    const files = this.#files
      .filter(reaches)
      .sort(
        (one, other) =>
          this.#killers.rank(source, other) - this.#killers.rank(source, one) ||
          this.#steps(source, one) - this.#steps(source, other) ||
          costs[one] - costs[other],
      );
    for (const file of files) yield* copy(file);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-script', OneScript)];
