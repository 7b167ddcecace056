import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

interface Package {
  /** Path, size and time of every file: what tells whether it has changed. */
  readonly state: string;
  readonly zip: Buffer;
}

/** A folder is packed once for all the clouds that a process starts. */
const packed = new Map<string, Package>();

/** The earliest time that a zip can hold: with the real ones the same code would have another checksum after each build. */
const EPOCH = new Date(1980, 0, 1);

/** Packs a folder, without compressing it: it goes no further than this process. Throws what the file system throws. */
export function packageOf(folder: string): Buffer {
  const files = filesIn(folder);
  const state = files
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    })
    .join('\n');
  const known = packed.get(folder);
  if (known?.state === state) return known.zip;
  const entries: Zippable = {};
  for (const file of files)
    entries[relative(folder, file)] = [readFileSync(file), { level: 0, mtime: EPOCH }];
  const zip = Buffer.from(zipSync(entries));
  packed.set(folder, { state, zip });
  return zip;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => pathsOf(folder, entry))
    .sort();

const pathsOf = (folder: string, entry: Dirent): readonly string[] =>
  entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)];
