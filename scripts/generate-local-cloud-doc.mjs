/**
 * Writes docs/local-cloud.md; with `--check` only says, by exit code 1, that it is stale.
 * The operations are TypeScript, so they are bundled first: Node.js 20 does not read it.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const target = at('docs/local-cloud.md');
// Inside the project, so that the packages left out of the bundle are found.
const folder = at(`node_modules/.cache/local-cloud-doc-${process.pid}`);

await mkdir(folder, { recursive: true });
try {
  const outfile = `${folder}/doc.mjs`;
  await build({
    entryPoints: [at('scripts/local-cloud-doc.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const { renderLocalCloudDoc } = await import(pathToFileURL(outfile).href);
  const wanted = renderLocalCloudDoc();
  if (!process.argv.includes('--check')) await writeFile(target, wanted);
  else if ((await readFile(target, 'utf8').catch(() => '')) !== wanted) {
    process.stderr.write('docs/local-cloud.md is stale: run node scripts/generate-local-cloud-doc.mjs\n');
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
