import { chmod, copyFile, rename, rm, writeFile } from 'node:fs/promises';
import type { BuildOptions, Metafile } from 'esbuild';
import { bundleFunction, FUNCTIONS } from './bundles/functions.ts';
import { NOTICES, noticesOf } from './bundles/notices.ts';
import { bundleProgram, PROGRAMS } from './bundles/programs.ts';

/** Built here and put in place as a whole: whoever runs `dist/` meanwhile finds the old one or the new one. */
const OUT = 'dist.new';

/**
 * Bundles what is deployed and what is run: `dist/<function>/index.js` (CommonJS, everything inside, for Function
 * Compute), `dist/cli/main.js` and `dist/client/index.js` (ESM, everything inside). Beside each stands what the licences of
 * its packages ask for. With `--maps`, for `npm run coverage` and never to be deployed: as the sources are worded, and with source maps.
 */
export async function main(words: readonly string[]): Promise<void> {
  const maps: BuildOptions = words.includes('--maps') ? { sourcemap: true, minify: false } : {};

  await rm(OUT, { recursive: true, force: true });

  await Promise.all([
    ...FUNCTIONS.map(async (name) => noted(name, await bundleFunction(name, OUT, maps))),
    ...Object.keys(PROGRAMS).map(async (name) => noted(name, await bundleProgram(name, OUT, maps))),
  ]);

  // The package is ESM; a function's folder is deployed alone and is CommonJS.
  await Promise.all(
    FUNCTIONS.map((name) => writeFile(`${OUT}/${name}/package.json`, '{ "type": "commonjs" }\n')),
  );

  // Who may ask stands beside the code: it is deployed with it, and cannot be changed behind it.
  await Promise.all(
    FUNCTIONS.filter((name) => name !== 'notify').map((name) =>
      copyFile('requesters.json', `${OUT}/${name}/requesters.json`),
    ),
  );

  await chmod(`${OUT}/cli/main.js`, 0o755);

  await rm('dist.old', { recursive: true, force: true });
  await rename('dist', 'dist.old').catch(() => undefined);
  await rename(OUT, 'dist');
  await rm('dist.old', { recursive: true, force: true });
}

const noted = (name: string, metafile: Metafile): Promise<void> =>
  writeFile(`${OUT}/${name}/${NOTICES}`, noticesOf(metafile));
