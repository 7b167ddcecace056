import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NOTICES, noticesOf, packageFolders } from '../../scripts/bundles/notices.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-notices-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function installed(name: string, license: unknown, file?: string, text = ''): void {
  const root = join(folder, 'node_modules', name);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }));
  for (const other of ['notes-on-the-license.txt', 'license.ts', 'sublicense'])
    writeFileSync(join(root, other), 'no');
  if (file !== undefined) writeFileSync(join(root, file), text);
}

const output = (inputs: Readonly<Record<string, number>>): Metafile['outputs'][string] => ({
  bytes: 0,
  imports: [],
  exports: [],
  inputs: Object.fromEntries(
    Object.entries(inputs).map(([file, bytesInOutput]) => [file, { bytesInOutput }]),
  ),
});

/** What a bundler says is in two files, of which some is in both and some in none. */
const bundled = (): Metafile => ({
  inputs: {},
  outputs: {
    'a.js': output({
      'shared/x.ts': 5,
      [`${folder}/node_modules/zod/v4/index.js`]: 5,
      [`${folder}/node_modules/@some/body/x.js`]: 1,
      [`${folder}/node_modules/unused/x.js`]: 0,
    }),
    'b.js': output({
      [`${folder}/node_modules/zod/v4/other.js`]: 5,
      [`seldom:${folder}/node_modules/abc/x.js`]: 5,
      [`${folder}/node_modules/outer/node_modules/inner/x.js`]: 5,
      'dead:moment': 5,
    }),
  },
});

it('what is handed on is of each package whose code is inside, in the order of names', () => {
  const names = ['@some/body', 'abc', 'outer/node_modules/inner', 'zod'];
  expect(packageFolders(bundled())).toEqual(names.map((name) => `${folder}/node_modules/${name}`));
});

it('a text that several packages have stands there once, below all of them', () => {
  installed('zod', 'MIT', 'LICENSE', '\r\nDo it.\r\nAgain.\n\n');
  installed('@some/body', 'MIT', 'license.md', 'Do it.\nAgain.');
  installed('abc', 'ISC', 'Copying.TXT', 'Copy it.');
  installed('outer/node_modules/inner', '0BSD');
  const line = '-'.repeat(78);
  expect(NOTICES).toBe('THIRD-PARTY-NOTICES');
  expect(noticesOf(bundled())).toBe(`This archive holds code of these packages, under their licences.

${line}

@some/body 1.2.3 (MIT)
zod 1.2.3 (MIT)

Do it.
Again.

${line}

abc 1.2.3 (ISC)

Copy it.

${line}

outer/node_modules/inner 1.2.3 (0BSD)

The package holds no text of its licence.
`);
});

it.each([undefined, { type: 'MIT' }])('a package that names no licence is refused: %j', (license) => {
  for (const name of ['zod', 'abc', 'outer/node_modules/inner']) installed(name, 'MIT');
  installed('@some/body', license);
  expect(() => noticesOf(bundled())).toThrow(
    new Error(`${folder}/node_modules/@some/body names no licence: find out which it is under`),
  );
});
