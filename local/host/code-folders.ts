import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Code } from '../cloud/fc/code.ts';
import { makeTempFolder, removeTempFolder } from '../temp-folders.ts';

/** How many revisions of a function's code stay unpacked: the present one, and the one before, which may still run. */
const KEPT = 2;

/** Where the code of functions is unpacked: a folder per function and content, made when it is first run. */
export class CodeFolders {
  #root: string | null = null;
  readonly #folders = new Map<string, string[]>();

  /** Absolute. */
  folderOf(functionName: string, code: Code): string {
    this.#root ??= makeTempFolder('code');
    const folder = join(this.#root, functionName, digestOf(code));
    const known = this.#folders.get(functionName) ?? [];
    if (known.includes(folder)) return folder;
    unpack(code, folder);
    const all = [...known, folder];
    for (const old of all.slice(0, -KEPT)) rmSync(old, { recursive: true, force: true });
    this.#folders.set(functionName, all.slice(-KEPT));
    return folder;
  }

  /** Takes everything away. */
  remove(): void {
    if (this.#root !== null) removeTempFolder(this.#root);
    this.#root = null;
    this.#folders.clear();
  }
}

const digests = new WeakMap<Code, string>();

/** What tells one code from every other: a checksum alone can be had on purpose. */
export function digestOf(code: Code): string {
  const known = digests.get(code);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(code.zip).digest('hex').slice(0, 32);
  digests.set(code, digest);
  return digest;
}

function unpack({ files }: Code, folder: string): void {
  for (const [path, content] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
