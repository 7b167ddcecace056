import { type BuildOptions, build, type Metafile } from 'esbuild';
import { withoutDeadModules } from './dead-modules.ts';

/** What is CommonJS inside asks for modules of Node.js, and an ES module has no `require`. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** What people run or import, by the folder it is built to. */
export const PROGRAMS: Readonly<
  Record<
    string,
    {
      readonly entries: Readonly<Record<string, string>>;
      readonly first?: string;
      readonly outside?: readonly string[];
    }
  >
> = {
  cli: { entries: { main: 'cli/bin.ts', demo: 'cli/start.ts' }, first: '#!/usr/bin/env node\n' },
  client: { entries: { index: 'client/index.ts' } },
  // It changes modules of Node.js for the whole process: there can be one of it, and that is the user's.
  local: { entries: { index: 'local/index.ts' }, outside: ['msw', 'msw/node'] },
};

/**
 * Bundles a program to `<folder>/<name>`: ES modules with everything inside, so that whoever installs the package installs
 * no other. What a command does not need is in files of its own, which it does not load. Answers what is inside.
 */
export async function bundleProgram(
  name: string,
  folder: string,
  options: BuildOptions = {},
): Promise<Metafile> {
  const { entries = {}, first = '', outside = [] } = PROGRAMS[name] ?? {};
  const { metafile } = await build({
    entryPoints: { ...entries },
    outdir: `${folder}/${name}`,
    bundle: true,
    splitting: true,
    platform: 'node',
    external: [...outside],
    target: 'node20',
    format: 'esm',
    // Loaded file by file, with all that they never use, the packages took twice the processor time of a command.
    plugins: [withoutDeadModules],
    banner: { js: first + REQUIRE },
    logLevel: 'warning',
    ...options,
    metafile: true,
  });
  return metafile;
}
