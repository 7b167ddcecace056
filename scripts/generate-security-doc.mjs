/**
 * Writes the tables of docs/security.md between their markers (what each right is needed for, found by taking it away),
 * the policies of people in rights/, and the files that operators adopt. A test fails when they are stale. The tests are TypeScript, so they are bundled first: Node.js 20 does not read it.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const target = at('docs/security.md');
// Inside the project, so that the packages left out of the bundle are found.
const folder = at(`node_modules/.cache/security-doc-${process.pid}`);

await mkdir(folder, { recursive: true });
try {
  const outfile = `${folder}/doc.mjs`;
  await build({
    entryPoints: [at('scripts/security-doc.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const { operationsFiles, rightsFiles, rightsPart } = await import(pathToFileURL(outfile).href);
  const files = { ...rightsFiles(), ...asText(operationsFiles()) };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  }
  execFileSync('npx', ['biome', 'format', '--write', ...Object.keys(files)], { cwd: at('.') });
  const page = await readFile(target, 'utf8');
  const part = await rightsPart();
  await writeFile(
    target,
    page.replace(
      /(<!-- rights:begin -->\n)[\s\S]*?(<!-- rights:end -->)/,
      (_all, begin, end) => `${begin}\n${part}\n\n${end}`,
    ),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

function asText(files) {
  return Object.fromEntries(
    Object.entries(files).map(([path, value]) => [path, `${JSON.stringify(value, null, 2)}\n`]),
  );
}
