/** How the functions are bundled: CommonJS, everything inside, for the managed Node.js 20 of Function Compute. */
import { build } from 'esbuild';
import { withoutDeadModules } from './dead-modules.mjs';

export const FUNCTIONS = ['intake', 'provision', 'verify'];

/** Bundles one function to `<folder>/<name>/index.js`; answers esbuild's metafile, which says what is inside. */
export async function bundleFunction(name, folder, options = {}) {
  const { metafile } = await build({
    entryPoints: [`functions/${name}/index.ts`],
    outfile: `${folder}/${name}/index.js`,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [withoutDeadModules],
    ...options,
  });
  return metafile;
}
