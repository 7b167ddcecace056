/** Writes docs/use/cli.md and docs/use/cli-output.schema.json; with `--check` only says, by exit code 1, that one is stale. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { at, importBundled } from './bundled.mjs';

await importBundled(['scripts/cli-doc.ts'], async ({ renderCliDocs }) => {
  const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  for (const [path, text] of Object.entries(renderCliDocs(version))) {
    const wanted = path.endsWith('.json') ? formatted(path, text) : text;
    if (!process.argv.includes('--check')) await writeFile(at(path), wanted);
    else if ((await readFile(at(path), 'utf8').catch(() => '')) !== wanted) {
      process.stderr.write(`${path} is stale: run node scripts/generate-cli-doc.mjs\n`);
      process.exitCode = 1;
    }
  }
});

/** As the formatter of the whole project wants it. */
function formatted(path, text) {
  const biome = at('node_modules/.bin/biome');
  return execFileSync(biome, ['format', `--stdin-file-path=${path}`], {
    cwd: at('.'),
    input: text,
    encoding: 'utf8',
  });
}
