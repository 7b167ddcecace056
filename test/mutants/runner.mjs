/**
 * Runs the tests of the rules against each altered line, for Stryker. The runner for Vitest loads every test file anew
 * for each of thousands of mutants; here all of them are one script, which is loaded once, and again only for a mutant
 * that takes effect while a file is loaded.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { collect } from './collect.mjs';

/** Folders and files of tests, of the rules and of who is who, on sources only. */
const TESTS = [
  'test/unit/catalogue',
  'test/unit/record',
  'test/unit/admission',
  'test/unit/admission/authenticate',
  'test/unit/installation',
  'test/unit/reconcile',
  'test/unit/requests/receive-outcomes.test.ts',
  'test/unit/provision/approval.test.ts',
  'test/unit/provision/fast-clock.test.ts',
  'test/unit/provision/full-account.test.ts',
  'test/unit/provision/upkeep.test.ts',
  'test/unit/provision/wrong-account.test.ts',
  'test/unit/cli/bootstrap-removal.test.ts',
  'test/unit/verification',
  'test/unit/sweep/inventory-table.test.ts',
  'test/unit/sweep/sweep-state.test.ts',
  'test/unit/sweep/verdict.test.ts',
  'test/unit/intake/intake.test.ts',
  'test/unit/intake/edges.test.ts',
  'test/property/admission',
  'test/property/catalogue',
  'test/property/record',
  'test/property/reconcile',
];

/** It replaces a module of Node.js, and reads the sources as text: the altered ones are full of comparisons. */
const NOT_HERE = 'constant-time.test.ts';

/** In one script of all tests a hook would be run for each of them, whichever file it stands in; and `vi` is Vitest's. */
const HOOK = /^(before|after)(Each|All)\(|\bvi\.\w+\(/m;

const filesOf = (path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(path)
        .filter((name) => name.endsWith('.test.ts') && name !== NOT_HERE)
        .map((name) => join(path, name))
        .filter((file) => !HOOK.test(readFileSync(file, 'utf8')));

/** What stands for two packages, and the place of each file, which is gone once they are one. */
const standIns = {
  name: 'stand-ins',
  setup(bundler) {
    bundler.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'stand-in' }));
    bundler.onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({
      contents: 'module.exports = globalThis.collectingTests;',
    }));
    bundler.onResolve({ filter: /^fast-check$/ }, ({ importer }) =>
      importer.endsWith('few-runs.mjs') ? { external: true } : { path: resolve('test/mutants/few-runs.mjs') },
    );
    // It is an ECMAScript module, which a script cannot require.
    bundler.onResolve({ filter: /^tinyqueue$/ }, ({ path }) => ({
      path: resolve('node_modules', path, 'index.js'),
    }));
    bundler.onLoad({ filter: /\/(test|shared)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('__dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

/** Stryker's own names for what altered code reads and writes. */
globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
const state = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE];

class OneScript {
  #script;
  #require = createRequire(resolve('test/mutants/runner.mjs'));
  #tests = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const { outputFiles } = await build({
      stdin: {
        contents: TESTS.flatMap(filesOf)
          .map((path) => `import './${path}';`)
          .join('\n'),
        resolveDir: resolve('.'),
      },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      packages: 'external',
      write: false,
      plugins: [standIns],
    });
    this.#script = new Script(`(function (require, module, exports) {${outputFiles[0].text}\n})`);
  }

  #load() {
    this.#tests = collect(() => this.#script.runInThisContext()(this.#require, { exports: {} }, {}));
  }

  async dryRun() {
    state.activeMutant = undefined;
    this.#load();
    const tests = [];
    for (const test of this.#tests) {
      state.currentTestId = test.id;
      tests.push(await resultOf(test));
      state.currentTestId = undefined;
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: state.mutantCoverage };
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, reloadEnvironment, testFilter }) {
    state.hitCount = 0;
    state.hitLimit = hitLimit;
    state.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    if (reloadEnvironment || this.#tests.length === 0) this.#load();
    state.activeMutant = activeMutant.id;
    const tests = [];
    for (const test of this.#tests) {
      if (testFilter !== undefined && !testFilter.includes(test.id)) continue;
      tests.push(await resultOf(test));
      if (tests.at(-1).status === TestStatus.Failed) break;
    }
    const limit = determineHitLimitReached(state.hitCount, hitLimit);
    return toMutantRunResult(limit ?? { status: DryRunStatus.Complete, tests });
  }
}

async function resultOf({ id, name, run }) {
  const begin = performance.now();
  const failure = await run().then(
    () => null,
    (error) => ({ failureMessage: error instanceof Error ? error.message : String(error) }),
  );
  const status = failure === null ? TestStatus.Success : TestStatus.Failed;
  return { id, name, status, timeSpentMs: performance.now() - begin, ...failure };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-script', OneScript)];
