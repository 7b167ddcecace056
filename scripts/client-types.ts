import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Writes the type declarations of `dms-handshake/client` and `dms-handshake/local` to types/. Apart from the build: it takes the compiler some
 * seconds, and only whoever installs the package reads them; and `npm pack` builds after `prepack`, into a new dist.
 */
export async function main([out = 'types']: readonly string[]): Promise<void> {
  const folder = await mkdtemp('node_modules/.cache/client-types-');
  const config = {
    extends: resolve('tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: resolve('.'),
      outDir: resolve(out),
      typeRoots: [resolve('node_modules/@types')],
    },
    include: [],
    files: ['client/index.ts', 'local/index.ts', ...(await declarations())].map((file) => resolve(file)),
  };
  await rm(out, { recursive: true, force: true });
  try {
    await writeFile(`${folder}/tsconfig.json`, JSON.stringify(config));
    execFileSync(
      process.execPath,
      ['node_modules/typescript-native/bin/tsc', '--singleThreaded', '-p', folder],
      {
        stdio: 'inherit',
      },
    );
    await keepReachable(out, ['client/index.d.ts', 'local/index.d.ts']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The declarations that we write for libraries without any. */
async function declarations(): Promise<readonly string[]> {
  const folders = ['shared', 'local'];
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true })).map((file) => join(folder, file)),
    ),
  );
  return found.flat().filter((file) => file.endsWith('.d.ts'));
}

/**
 * Leaves only the declarations that somebody who imports one of `entries` reads. Throws where one of them needs a package: whoever
 * installs ours has none.
 */
async function keepReachable(folder: string, entries: readonly string[]): Promise<void> {
  const reached = new Set<string>();
  const follow = async (file: string): Promise<void> => {
    if (reached.has(file)) return;
    reached.add(file);
    // The compiler leaves the names of sources in declarations, which not every resolver takes.
    const text = (await readFile(join(folder, file), 'utf8')).replaceAll(
      /(from ['"]\.[^'"]*)\.ts(?=['"])/g,
      '$1.js',
    );
    await writeFile(join(folder, file), text);
    for (const [, from = ''] of text.matchAll(/(?:from|import\() ?['"]([^'"]+)['"]/g)) {
      if (!from.startsWith('.'))
        throw new Error(`${file} needs ${from}, which nobody has who installs this package`);
      await follow(join(dirname(file), from.replace(/\.js$/, '.d.ts')));
    }
  };
  for (const entry of entries) await follow(entry);
  const written = await readdir(folder, { recursive: true, encoding: 'utf8' });
  for (const file of written.filter((name) => name.endsWith('.d.ts') && !reached.has(name)))
    await rm(join(folder, file));
}
