import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generatedFiles } from './docs/generated.ts';
import { rightsPart } from './docs/security-page.ts';

const SECURITY = 'docs/explain/security.md';

/**
 * Writes every generated file, and the tables of docs/explain/security.md between their markers: what each right is
 * needed for, found by taking it away.
 */
export async function main(): Promise<void> {
  const files = generatedFiles();
  for (const [path, value] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
  }
  const values = Object.keys(files).filter((path) => path.endsWith('.json'));
  execFileSync('node_modules/.bin/biome', ['format', '--write', ...values]);
  const page = await readFile(SECURITY, 'utf8');
  const part = await rightsPart();
  await writeFile(
    SECURITY,
    page.replace(
      /(<!-- rights:begin -->\n)[\s\S]*?(<!-- rights:end -->)/,
      (_all, begin, end) => `${begin}\n${part}\n\n${end}`,
    ),
  );
}
