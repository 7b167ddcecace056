import { readFile } from 'node:fs/promises';
import { RequestersError, readRequesters } from '../../shared/admission/requesters.ts';
import { CliError } from '../failure.ts';
import type { Asker } from './desired.ts';

export const REQUESTERS_FILE = 'requesters.json';

/** `listed`: all of the file, which the functions' rights are about. `chosen`: who is to get a sender role now. */
export interface Askers {
  readonly listed: readonly Asker[];
  readonly chosen: readonly Asker[];
}

/**
 * Those that are named, with the topics that the file binds them to, else all of the file. Throws a usage error for a
 * file that is named and cannot be read, or that is refused.
 */
export async function askersOf(
  named: readonly string[] | undefined,
  file: string | undefined,
): Promise<Askers> {
  const listed = await askersIn(file);
  if (named === undefined) return { listed, chosen: listed };
  const chosen = [...new Set(named)].map(
    (uid) => listed.find((one) => one.uid === uid) ?? { uid, topics: [] },
  );
  return { listed, chosen };
}

async function askersIn(file: string | undefined): Promise<readonly Asker[]> {
  let text: string;
  try {
    text = await readFile(file ?? REQUESTERS_FILE, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    if (file === undefined && code === 'ENOENT') return [];
    throw new CliError(`${file ?? REQUESTERS_FILE} cannot be read (${code})`, 2, { cause });
  }
  try {
    return readRequesters(text).requesters.map(({ uid, topics }) => ({ uid, topics }));
  } catch (error) {
    if (error instanceof RequestersError) throw new CliError(error.message, 2, { cause: error });
    throw error;
  }
}
