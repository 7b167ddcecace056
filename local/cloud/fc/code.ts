import { createHash } from 'node:crypto';
import { type Unzipped, unzipSync } from 'fflate';
import { crc64 } from './checksum.ts';
import { invalidArgument } from './errors.ts';

/** The code of a function: the zip as it was uploaded, and what is in it. */
export interface Code {
  readonly zip: Buffer;
  /** CRC64-ECMA of the zip, decimal. */
  readonly checksum: string;
  /** What tells it from every other code: a checksum alone can be had on purpose. */
  readonly digest: string;
  /** By path with `/`, folders left out. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Bytes (vendor page "Limits"): the zip, and what it may unpack to. */
const ZIP_LIMIT = 100 * 1024 * 1024;
const UNPACKED_LIMIT = 500 * 1024 * 1024;

/** A zip is read once, however many functions and worlds get it. */
const read = new WeakMap<Buffer, Code>();

/**
 * Reads an uploaded package. Throws `ApiError` 400 `InvalidArgument` for what is no zip, is too large, holds nothing, or
 * would be unpacked outside of its folder.
 */
export async function codeOf(zip: Buffer): Promise<Code> {
  const known = read.get(zip);
  if (known !== undefined) return known;
  const files = filesOf(zip);
  const digest = createHash('sha256').update(zip).digest('hex');
  const code = { zip, checksum: await crc64(zip), digest, files };
  read.set(zip, code);
  return code;
}

function filesOf(zip: Buffer): ReadonlyMap<string, Uint8Array> {
  if (zip.length > ZIP_LIMIT) throw invalidArgument(`code: the zip has more than ${ZIP_LIMIT} bytes`);
  const files = new Map(Object.entries(unzipped(zip)).filter(([path]) => !path.endsWith('/')));
  if (files.size === 0) throw invalidArgument('code: the zip is empty');
  const outside = [...files.keys()].find(leadsOut);
  if (outside !== undefined)
    throw invalidArgument(`code: ${JSON.stringify(outside.slice(0, 100))} leads out of the folder`);
  return files;
}

function unzipped(zip: Buffer): Unzipped {
  let size = 0;
  const small = ({ originalSize }: { readonly originalSize: number }): boolean => {
    size += originalSize;
    return size <= UNPACKED_LIMIT;
  };
  try {
    const files = unzipSync(zip, { filter: small });
    if (size <= UNPACKED_LIMIT) return files;
  } catch {
    throw invalidArgument('code: it is not a zip file');
  }
  throw invalidArgument(`code: the zip unpacks to more than ${UNPACKED_LIMIT} bytes`);
}

const leadsOut = (path: string): boolean =>
  path.startsWith('/') || path.includes('\\') || path.split('/').includes('..');
