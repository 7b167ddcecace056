/**
 * Writes docs/cli.md and docs/cli-output.schema.json; with `--check` only says, by exit code 1, that one is stale.
 * The commands are TypeScript, so they are bundled first: Node.js 20 does not read it.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
// Inside the project, so that the packages left out of the bundle are found.
const folder = at(`node_modules/.cache/cli-doc-${process.pid}`);

await mkdir(folder, { recursive: true });
try {
  await build({
    entryPoints: [at('scripts/cli-doc.ts')],
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
  const { renderCliDocs } = await import(pathToFileURL(`${folder}/cli-doc.mjs`).href);
  const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  for (const [path, text] of Object.entries(renderCliDocs(version))) {
    const wanted = path.endsWith('.json') ? formatted(path, text) : text;
    if (!process.argv.includes('--check')) await writeFile(at(path), wanted);
    else if ((await readFile(at(path), 'utf8').catch(() => '')) !== wanted) {
      process.stderr.write(`${path} is stale: run node scripts/generate-cli-doc.mjs\n`);
      process.exitCode = 1;
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** As the formatter of the whole project wants it. */
function formatted(path, text) {
  const biome = at('node_modules/.bin/biome');
  return execFileSync(biome, ['format', `--stdin-file-path=${path}`], {
    cwd: at('.'),
    input: text,
    encoding: 'utf8',
  });
}
