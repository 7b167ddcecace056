/** Runs the reliability scenarios of test/chaos. They are TypeScript, so they are bundled first: Node.js 20 does not read it. */
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, new URL('../', import.meta.url)));
// Inside the project, so that the packages left out of the bundle are found.
const folder = at(`node_modules/.cache/chaos-${process.pid}`);

await mkdir(folder, { recursive: true });
try {
  const outfile = `${folder}/main.mjs`;
  await build({
    entryPoints: [at('test/chaos/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const { main } = await import(pathToFileURL(outfile).href);
  await main(process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}
