import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Code } from '../cloud/fc/code.ts';
import { makeTempFolder, removeTempFolder } from '../temp-folders.ts';

/** How many revisions of a function's code stay unpacked: the present one, and the one before, which may still run. */
const KEPT = 2;

/** Where the code of functions is unpacked: a folder per function and content, made when it is first run. */
export class CodeFolders {
  #root: string | null = null;
  /** In the order in which they were last asked for. */
  readonly #unpacked = new Set<string>();

  /** Absolute. */
  folderOf(functionName: string, code: Code): string {
    this.#root ??= makeTempFolder('code');
    const ofFunction = join(this.#root, functionName);
    const folder = join(ofFunction, code.digest);
    if (!this.#unpacked.delete(folder)) unpack(code, folder);
    this.#unpacked.add(folder);
    const revisions = [...this.#unpacked].filter((one) => dirname(one) === ofFunction);
    for (const old of revisions.slice(0, -KEPT)) {
      this.#unpacked.delete(old);
      removeTempFolder(old);
    }
    return folder;
  }

  /** Takes everything away. */
  remove(): void {
    if (this.#root !== null) removeTempFolder(this.#root);
    this.#root = null;
  }
}

function unpack({ files }: Code, folder: string): void {
  for (const [path, content] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
