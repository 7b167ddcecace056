import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { crc64 } from 'hash-wasm';

/** The code of a function as it is uploaded. */
export interface Package {
  readonly zip: Uint8Array;
  /** CRC64-ECMA of the zip as a decimal number: what Function Compute answers as `codeChecksum`. */
  readonly checksum: string;
}

/** One moment for every file, so that the same code is the same zip: then the tool uploads nothing. */
const MOMENT = new Date(1980, 0, 1);

/** Packs a folder without folders, which is what the build makes. */
export async function packed(folder: string): Promise<Package> {
  const names = readdirSync(folder).sort();
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
  const zip = zipSync(files, { mtime: MOMENT, level: 9 });
  const checksum = BigInt(`0x${await crc64(zip)}`).toString();
  return { zip, checksum };
}
