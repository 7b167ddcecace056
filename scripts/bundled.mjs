/** For scripts that are written in TypeScript: Node.js 20 does not read it, so they are bundled first. */
import { mkdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, new URL('../', import.meta.url)));

/**
 * Bundles some files of the project side by side, and calls `main` of the first with what stands on the command line. What
 * it answers, if anything, is the exit code.
 */
export async function runMain(...entries) {
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
    const { main } = await import(pathToFileURL(`${folder}/${basename(entries[0], '.ts')}.mjs`).href);
    process.exitCode = await main(process.argv.slice(2));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
