/** Writes docs/use/local-cloud.md; with `--check` only says, by exit code 1, that it is stale. */
import { readFile, writeFile } from 'node:fs/promises';
import { at, importBundled } from './bundled.mjs';

const target = at('docs/use/local-cloud.md');

await importBundled(['scripts/local-cloud-doc.ts'], async ({ renderLocalCloudDoc }) => {
  const wanted = renderLocalCloudDoc();
  if (!process.argv.includes('--check')) await writeFile(target, wanted);
  else if ((await readFile(target, 'utf8').catch(() => '')) !== wanted) {
    process.stderr.write('docs/use/local-cloud.md is stale: run node scripts/generate-local-cloud-doc.mjs\n');
    process.exitCode = 1;
  }
});
