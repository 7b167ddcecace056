/**
 * Runs a script: `node scripts/run.mjs build` calls `main` of scripts/build.ts with the words that follow. Node.js 20
 * does not read TypeScript, so the script is bundled first; this file is the only JavaScript here. What a script starts
 * as a process of its own stands beside it as `<name>.worker.ts` and is bundled beside it as `<name>.worker.mjs`.
 * Scripts run in the folder of the project; what `main` answers, if anything, is the exit code.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const [name = '', ...words] = process.argv.slice(2);
const names = readdirSync('scripts').flatMap((file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? []);

if (names.includes(name)) {
  // Inside the project, so that the packages left out of the bundle are found.
  mkdirSync('node_modules/.cache', { recursive: true });
  const folder = mkdtempSync('node_modules/.cache/script-');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [`scripts/${name}.ts`, `scripts/${name}.worker.ts`].filter((file) => existsSync(file)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const { main } = await import(pathToFileURL(`${folder}/${name}.mjs`).href);
  process.exitCode = await main(words);
} else {
  process.stderr.write(`no script ${JSON.stringify(name)}; there are ${names.join(', ')}\n`);
  process.exitCode = 2;
}
