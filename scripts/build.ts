import { chmod, copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { type BuildOptions, build } from 'esbuild';
import { withoutDeadModules } from './bundles/dead-modules.ts';
import { bundleFunction, FUNCTIONS } from './bundles/functions.ts';

/** Built here and put in place as a whole: whoever runs `dist/` meanwhile finds the old one or the new one. */
const OUT = 'dist.new';

/** The finder of keys is for the real cloud only; the client of Function Compute names a package that is not installed. */
const OUTSIDE = ['@alicloud/credentials', '@alicloud/fc2'];

/** What is CommonJS inside asks for modules of Node.js, and an ES module has no `require`. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/**
 * Bundles what is deployed and what is run: `dist/<function>/index.js` (CommonJS, everything inside, for Function
 * Compute), `dist/cli/main.js` (ESM, nearly everything inside) and `dist/client/index.js` (ESM, packages outside). With
 * `--maps`, for `npm run coverage` and never to be deployed: as the sources are worded, and with source maps.
 */
export async function main(words: readonly string[]): Promise<void> {
  const maps: BuildOptions = words.includes('--maps')
    ? { sourcemap: true, minify: false, keepNames: false }
    : {};

  await rm(OUT, { recursive: true, force: true });

  await Promise.all([
    ...FUNCTIONS.map((name) => bundleFunction(name, OUT, maps)),
    build({
      entryPoints: { main: 'cli/bin.ts', demo: 'cli/start.ts' },
      outdir: `${OUT}/cli`,
      bundle: true,
      splitting: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      // Loaded file by file, with all that they never use, the packages took twice the processor time of a command.
      plugins: [withoutDeadModules],
      external: OUTSIDE,
      banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
      logLevel: 'warning',
      ...maps,
    }),
    build({
      entryPoints: ['client/index.ts'],
      outfile: `${OUT}/client/index.js`,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
      ...maps,
    }),
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
