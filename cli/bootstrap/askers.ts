import { existsSync } from 'node:fs';
import { REQUESTERS_FILE, readRequestersFile } from '../requesters-file.ts';
import type { Asker } from './desired.ts';

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
  // Without an option the file may be missing: then nobody is listed.
  if (file === undefined && !existsSync(REQUESTERS_FILE)) return [];
  const { requesters } = await readRequestersFile(file);
  return requesters.map(({ uid, topics }) => ({ uid, topics }));
}
