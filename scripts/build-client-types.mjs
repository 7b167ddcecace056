/**
 * Writes the type declarations of `dms-handshake/client` to dist/types. Apart from the build: it takes the compiler some
 * seconds, and only whoever installs the package reads them.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}node_modules/.cache/client-types-${process.pid}`;

await mkdir(folder, { recursive: true });
try {
  const config = {
    extends: `${root}tsconfig.json`,
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: root,
      outDir: `${root}dist/types`,
      typeRoots: [`${root}node_modules/@types`],
    },
    include: [],
    files: ['client/index.ts', 'shared/alicloud/mns-sdk.d.ts'].map((file) => root + file),
  };
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify(config));
  execFileSync(`${root}node_modules/.bin/tsc`, ['-p', folder], { stdio: 'inherit' });
} finally {
  await rm(folder, { recursive: true, force: true });
}
