import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Names of the baselines: files of this folder. */
export const BASELINES = ['obvious', 'provision', 'verify'] as const;
export type Baseline = (typeof BASELINES)[number];

const ENGLISH = 'zod/v4/locales/en.js';

/**
 * Translates the baselines and leaves every package outside, to be loaded from `node_modules` file by file. Our own code
 * becomes one file each, which favours them.
 */
export async function buildBaselines(): Promise<(name: Baseline) => string> {
  const folder = join('node_modules/.cache/bench-baseline');
  await build({
    entryPoints: BASELINES.map((name) => `test/bench/baseline/${name}.ts`),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    // A module of ES, whose default is another thing to whoever requires it.
    alias: { [ENGLISH]: resolve('node_modules', ENGLISH) },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
  return (name) => join(process.cwd(), folder, `${name}.cjs`);
}
