/**
 * Which test files one process can run together: those of an area that start none, and need nothing that only
 * Vitest has.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { NOT_HERE } from './areas.mjs';

/** Pictures of what was are kept by Vitest, and counts of assertions. */
const NEEDS_VITEST = /toMatch\w*Snapshot|expect\.(poll|assertions)/;

/** Who imports these starts processes or threads, or builds or compiles. */
const STARTS_OTHERS = ['child_process', 'worker_threads', 'esbuild', 'openapi-typescript', 'playwright-core'];

/** All test files below `paths`, which are files or folders. */
export const allTestFilesOf = (paths) =>
  paths
    .flatMap((path) =>
      path.endsWith('.ts')
        ? [path]
        : readdirSync(path, { recursive: true }).map((name) => `${path}/${name}`.replaceAll('\\', '/')),
    )
    .filter((file) => file.endsWith('.test.ts'));

/** Those that need nothing that only Vitest has. */
export const testFilesOf = (paths) =>
  allTestFilesOf(paths).filter(
    (file) => !(file in NOT_HERE) && !NEEDS_VITEST.test(readFileSync(file, 'utf8')),
  );

export const startsOthers = (reached) =>
  STARTS_OTHERS.some((name) => reached.has(name) || reached.has(`node:${name}`));
