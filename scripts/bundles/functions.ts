import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { withoutDeadModules } from './dead-modules.ts';
import { withEagerModules } from './eager-modules.ts';

export const FUNCTIONS = ['intake', 'notify', 'provision', 'verify'] as const;

/**
 * Bundles one function to `<folder>/<name>/index.js`, as the managed Node.js 20 of Function Compute takes it: CommonJS,
 * everything inside. Answers what is inside.
 */
export async function bundleFunction(
  name: string,
  folder: string,
  options: BuildOptions = {},
): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    entryPoints: [`functions/${name}/index.ts`],
    outfile: `${folder}/${name}/index.js`,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [withoutDeadModules],
    ...options,
    metafile: true,
    write: false,
  });
  if (options.write !== false)
    for (const { path, text } of outputFiles) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, options.minify === false ? text : withEagerModules(text));
    }
  return metafile;
}
