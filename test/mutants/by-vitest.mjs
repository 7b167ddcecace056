/**
 * Mutants that nothing in one process reaches, one by one: a copy of the project with the change, built, and in it, by
 * Vitest, the tests that start processes, and those that import the file.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { oneScript } from './script.mjs';
import { allTestFilesOf, startsOthers, testFilesOf } from './test-files.mjs';

const FOLDER = '.stryker-tmp';
const PATHS = [
  'test/bundles',
  'test/docs',
  'test/inputs',
  'test/integration',
  'test/operations',
  'test/unit',
];

/** Answers the mutants with what came of them, and the test files that fail where nothing is altered. */
export async function byVitest(mutants, deadline) {
  if (mutants.length === 0) return { tried: [], failing: [] };
  const folder = copyOfProject();
  const files = allTestFilesOf(PATHS);
  const { reach } = await oneScript(testFilesOf(PATHS));
  const reaches = (file, source) =>
    !reach.has(file) || startsOthers(reach.get(file)) || reach.get(file).has(source);
  try {
    const all = files.filter((file) => mutants.some((mutant) => reaches(file, mutant.file)));
    const failing = failingIn(folder, all);
    const tried = mutants.map((mutant) => {
      if (Date.now() > deadline) return mutant;
      const tests = all.filter((file) => reaches(file, mutant.file) && !failing.has(file));
      const near = tests.filter((file) => reach.get(file)?.has(mutant.file));
      const far = tests.filter((file) => !near.includes(file));
      return { ...mutant, status: isNoticed(folder, mutant, near, far) ? 'Killed' : 'Survived' };
    });
    return { tried, failing: [...failing] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyOfProject() {
  mkdirSync(FOLDER, { recursive: true });
  const folder = resolve(mkdtempSync(join(FOLDER, 'copy-')));
  const listed = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  // Tests ask git which files there are, and look for programs of packages.
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** By one of several lists of tests, in this order. */
function isNoticed(folder, { file, place, from, to }, ...lists) {
  const before = readFileSync(file, 'utf8');
  const [line, column] = place.split(':').map(Number);
  const at =
    before
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length +
    (line === 1 ? 0 : 1) +
    column -
    1;
  writeFileSync(join(folder, file), before.slice(0, at) + to + before.slice(at + from.length));
  const noticed =
    !passes(folder, 'scripts/run.mjs', 'build') ||
    lists.some((tests) => tests.length > 0 && !passes(folder, VITEST, 'run', '--bail', '1', ...tests));
  writeFileSync(join(folder, file), before);
  return noticed;
}

/** Whoever fails in a copy where nothing is altered says nothing about a change. */
function failingIn(folder, files) {
  const out = join(folder, 'dry.json');
  passes(folder, 'scripts/run.mjs', 'build');
  passes(folder, VITEST, 'run', '--reporter', 'json', '--outputFile', out, ...files);
  const { testResults } = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(out);
  return new Set(
    testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(folder, name)),
  );
}

const VITEST = resolve('node_modules/vitest/vitest.mjs');

const passes = (folder, ...words) =>
  spawnSync(process.execPath, words, { cwd: folder, stdio: 'ignore' }).status === 0;
