/**
 * Mutants that nothing in one process reaches, one by one: a copy of the project with the change, built, and in it, by
 * Vitest, the tests that start processes, and those that import the file.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { oneScript } from './script.mjs';
import { startsOthers, testFilesOf } from './test-files.mjs';

/** Inside the project, so that its packages are found. */
const FOLDER = '.stryker-tmp';

export async function byVitest(mutants, deadline) {
  if (mutants.length === 0) return [];
  const folder = copyOfProject();
  const files = testFilesOf(['test/unit', 'test/inputs', 'test/integration', 'test/docs']);
  const { reach } = await oneScript(files);
  try {
    return mutants.map((mutant) => {
      if (Date.now() > deadline) return mutant;
      const tests = files.filter((file) => startsOthers(reach.get(file)) || reach.get(file).has(mutant.file));
      return { ...mutant, status: isNoticed(folder, mutant, tests) ? 'Killed' : 'Survived' };
    });
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
  return folder;
}

function isNoticed(folder, { file, place, from, to }, tests) {
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
  const run = (...words) => spawnSync(process.execPath, words, { cwd: folder, stdio: 'ignore' }).status !== 0;
  const vitest = [resolve('node_modules/vitest/vitest.mjs'), 'run', '--bail', '1', '--maxWorkers', '2'];
  const noticed = run('scripts/run.mjs', 'build') || run(...vitest, ...tests);
  writeFileSync(join(folder, file), before);
  return noticed;
}
