import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError, EXIT } from '../failure.ts';

/** Throws `CliError` if a file can surely not be written: nobody should wait for a thousand roles to learn that. */
export async function requireWritable(file: string): Promise<void> {
  try {
    const found = await stat(file).catch(() => null);
    if (found?.isDirectory() === true) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    // With the slash only a folder is found.
    await access(found === null ? `${dirname(file)}/` : file, constants.W_OK);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** Writes a file. Throws `CliError`. */
export async function writeTarget(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function unwritable(file: string, cause: unknown): CliError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new CliError(`${file} cannot be written (${code})`, EXIT.failed, { cause });
}
