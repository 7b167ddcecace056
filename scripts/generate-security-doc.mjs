/**
 * Writes the tables of docs/explain/security.md between their markers (what each right is needed for, found by taking it away),
 * the policies of people in rights/, and the files that operators adopt. A test fails when they are stale.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { at, importBundled } from './bundled.mjs';

const target = at('docs/explain/security.md');

await importBundled(['scripts/security-doc.ts'], async ({ operationsFiles, rightsFiles, rightsPart }) => {
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
});

function asText(files) {
  return Object.fromEntries(
    Object.entries(files).map(([path, value]) => [path, `${JSON.stringify(value, null, 2)}\n`]),
  );
}
