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
import { triedWith } from './areas.mjs';
import { LEFT_OUT } from './left-out.mjs';
import { run } from './run.mjs';
import { Seen } from './seen.mjs';
import { untried } from './trial.mjs';
import { Units } from './units.mjs';

/**
 * How much processor time the tests of one mutant take, at most, by what they take without one. What comes first:
 * see `Units`.
 */
const SECONDS = 5;

/** What each took without a mutant, `{ timeSpentMs, cpuMs }`: written by the process that ran them, and read by all. */
const TIMES = 'times-of-units.json';

/** What Stryker is told of a mutant where tests are what is tried. */
const NOT_TRIED = { status: MutantRunStatus.Error, errorMessage: LEFT_OUT.notDrawn };

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
  #units;
  #failing;
  /** Where tests are what is tried, and not mutants: which of them have failed. */
  #seen = null;
  /** Where their names are written, if they are. */
  #names;

  constructor({ area, with: tests, deadline, sample, failing, seen, units }) {
    this.#failing = failing;
    this.#area = triedWith(area, tests);
    if (seen !== undefined) this.#seen = new Seen(seen);
    this.#names = units;
    this.#deadline = deadline ?? Number.POSITIVE_INFINITY;
    this.#sample = sample;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#units = await Units.load(this.#area);
  }

  async dryRun() {
    state.activeMutant = undefined;
    const times = {};
    const tests = [];
    const failing = [];
    for (const unit of this.#units.all()) {
      state.currentTestId = unit.id;
      const { cpuMs, ...result } = await run(unit);
      state.currentTestId = undefined;
      if (result.status === TestStatus.Failed) {
        failing.push(`${result.name}: ${result.failureMessage}`);
        delete state.mutantCoverage?.perTest[unit.id];
      } else {
        tests.push(result);
        const covers = Object.keys(state.mutantCoverage?.perTest[unit.id] ?? {}).length;
        times[unit.id] = { timeSpentMs: result.timeSpentMs, cpuMs, covers };
      }
    }
    this.#units.times = times;
    writeFileSync(TIMES, JSON.stringify(times));
    writeFileSync(this.#failing, JSON.stringify(failing));
    if (this.#names !== undefined)
      writeFileSync(this.#names, JSON.stringify(Object.fromEntries(tests.map(({ id, name }) => [id, name]))));
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
    this.#units.times ??= JSON.parse(readFileSync(TIMES, 'utf8'));
    const source = relative('', sandboxFileName);
    state.activeMutant = undefined;
    await this.#units.prepare();
    state.hitCount = 0;
    state.hitLimit = hitLimit;
    state.activeMutant = activeMutant.id;
    const isStatic = mutantActivation === 'static';
    if (this.#seen !== null) return this.#tryTests(source, activeMutant.id, isStatic ? null : testFilter);
    const units = isStatic ? this.#units.reaching(source) : this.#units.covering(source, new Set(testFilter));
    const tests = [];
    let left = this.#area.seconds ?? SECONDS;
    for (const unit of units) {
      const { timeSpentMs, cpuMs } = this.#units.times[unit.id] ?? { timeSpentMs: 0, cpuMs: 0 };
      const result = await run(unit, timeSpentMs);
      if (result.isLate) return toMutantRunResult({ status: DryRunStatus.Timeout, reason: unit.name });
      tests.push(result);
      left -= cpuMs / 1_000;
      if (result.status === TestStatus.Failed) this.#units.killers.note(source, unit.id);
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
      files: this.#units.filesThatImport(source),
      copy: ids === null ? this.#units.newCopy() : (file) => this.#units.of(file),
      times: this.#units.times,
      seen: this.#seen,
      stepsTo: (file) => this.#units.stepsTo(source, file),
    });
    for (const unit of units) {
      const result = await run(unit, this.#units.times[unit.id].timeSpentMs);
      this.#seen.note(unit, result);
      if (result.isLate) return toMutantRunResult({ status: DryRunStatus.Timeout, reason: unit.name });
    }
    return NOT_TRIED;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-script', OneScript)];
