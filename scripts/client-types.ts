import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * Writes the type declarations of `dms-handshake/client` to dist/types. Apart from the build: it takes the compiler some
 * seconds, and only whoever installs the package reads them.
 */
export async function main(): Promise<void> {
  const folder = await mkdtemp('node_modules/.cache/client-types-');
  const config = {
    extends: resolve('tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: resolve('.'),
      outDir: resolve('dist/types'),
      typeRoots: [resolve('node_modules/@types')],
    },
    include: [],
    files: ['client/index.ts', 'shared/alicloud/mns-sdk.d.ts'].map((file) => resolve(file)),
  };
  try {
    await writeFile(`${folder}/tsconfig.json`, JSON.stringify(config));
    execFileSync('node_modules/.bin/tsc', ['-p', folder], { stdio: 'inherit' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
