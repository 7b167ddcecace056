/**
 * Runs the reliability scenarios of test/chaos on the functions in dist/. They are TypeScript, so they are bundled first:
 * Node.js 20 does not read it.
 */
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, new URL('../', import.meta.url)));
// Inside the project, so that the packages left out of the bundle are found.
const folder = at(`node_modules/.cache/chaos-${process.pid}`);

await mkdir(folder, { recursive: true });
try {
  await build({
    entryPoints: [at('test/chaos/main.ts'), at('test/chaos/worker.ts')],
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
  const { main } = await import(pathToFileURL(`${folder}/main.mjs`).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}
