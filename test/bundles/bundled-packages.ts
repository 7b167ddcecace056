import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { bundleFunction } from '../../scripts/bundles/functions.ts';

/** What a function's bundle is made of. */
export interface Contents {
  /** Names of the third-party packages whose code is inside, sorted. */
  readonly packages: readonly string[];
  /** Names of the modules that a stub stands for, sorted. */
  readonly dead: readonly string[];
  /** Files of that form of zod whose schemas are dear to make, sorted. */
  readonly dearSchemas: readonly string[];
  /** Folders at the top of the project from which a file of ours is inside, sorted. */
  readonly rooms: readonly string[];
}

/** Bundles a function as the build does, and keeps nothing but the list of what is inside. */
export async function contentsOf(name: string): Promise<Contents> {
  const { outputs } = await bundleFunction(name, 'dist', { write: false });
  const inside = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
  const names = (pattern: RegExp) =>
    [...new Set(inside.flatMap((file) => pattern.exec(file)?.[1] ?? []))].sort();
  return {
    packages: names(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//),
    dead: names(/^dead:(.*)$/),
    dearSchemas: names(/node_modules\/(zod\/v4\/classic\/.*)$/),
    rooms: names(/^(?!node_modules\/)([\w-]+)\//),
  };
}

/** Bytes that each entry of a zip archive has beside its data and, twice, its name; and the archive beside its entries. */
const ENTRY_BYTES = 30 + 46;
const ARCHIVE_BYTES = 22;

/** Size in bytes of the zip archive of a folder without folders: what is uploaded of a function. */
export function zipBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => {
    const data = deflateRawSync(readFileSync(`${folder}/${file}`)).length;
    return sum + data + ENTRY_BYTES + 2 * Buffer.byteLength(file);
  }, ARCHIVE_BYTES);
}
