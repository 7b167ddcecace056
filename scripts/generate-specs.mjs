/** Writes docs/openapi.json and docs/asyncapi.json out of the schemas in events/. A test fails when they are stale. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const json = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('scripts/specs/index.ts', root))],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
const { specs } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
);

const files = specs(json('package.json').version, (name) => json(`events/samples/${name}.json`));
for (const [path, document] of Object.entries(files))
  writeFileSync(new URL(path, root), `${JSON.stringify(document, null, 2)}\n`);

execFileSync('npx', ['biome', 'format', '--write', ...Object.keys(files)], {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
});
