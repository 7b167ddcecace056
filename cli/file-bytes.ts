import { readFile } from 'node:fs/promises';
import { CliError, EXIT } from './failure.ts';

/** What a file holds that an option names. Throws a usage error with the file, the system's code and the way out. */
export const fileBytes = (file: string, wayOut: string): Promise<Uint8Array> =>
  readFile(file).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CliError(`${file} cannot be read (${code}); ${wayOut}`, EXIT.usage, { cause });
  });
