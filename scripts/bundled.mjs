/** For scripts that are written in TypeScript: Node.js 20 does not read it, so they are bundled first. */
import { mkdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** A path of the project, whole. */
export const at = (path) => fileURLToPath(new URL(path, new URL('../', import.meta.url)));

/** Bundles some files of the project side by side, and gives what the first exports to `use`. */
export async function importBundled(entries, use) {
  // Inside the project, so that the packages left out of the bundle are found.
  const folder = at(`node_modules/.cache/bundled-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    await build({
      entryPoints: entries.map(at),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    });
    await use(await import(pathToFileURL(`${folder}/${basename(entries[0], '.ts')}.mjs`).href));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Calls `main` of the first file with what stands on the command line. What it answers, if anything, is the exit code. */
export const runMain = (...entries) =>
  importBundled(entries, async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
  });
