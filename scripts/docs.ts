import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generatedFiles } from './docs/generated.ts';
import { rightsPart, withRights } from './docs/security-page.ts';

const SECURITY = 'docs/explain/security.md';

/**
 * Writes every generated file, and the tables of docs/explain/security.md between their markers: what each right is
 * needed for, found by taking it away.
 */
export async function main(_words: readonly string[], part = rightsPart): Promise<void> {
  const files = generatedFiles();
  for (const [path, value] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  }
  const values = Object.keys(files).filter((path) => path.endsWith('.json'));
  execFileSync('node_modules/.bin/biome', ['format', '--write', ...values]);
  await writeFile(SECURITY, withRights(await readFile(SECURITY, 'utf8'), await part()));
}
