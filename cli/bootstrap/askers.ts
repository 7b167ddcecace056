import { existsSync } from 'node:fs';
import { usageError } from '../failure.ts';
import { REQUESTERS_FILE, readRequestersFile } from '../requesters-file.ts';
import type { Site } from '../site.ts';
import type { InstalledRequester } from './desired.ts';

/** `listed`: all of the file, which the functions' rights are about. `chosen`: who is to get a sender role now. */
export interface Askers {
  readonly listed: readonly InstalledRequester[];
  readonly chosen: readonly InstalledRequester[];
}

/**
 * Those that are named, with the topics that the file binds them to, else all of the file. `local`: the requesters of
 * the local cloud, who stand for the file where no option names one. Throws a usage error for an account that is not
 * listed, and for a file that is named and cannot be read, or that is refused.
 */
export async function askersOf(
  named: readonly string[] | undefined,
  file: string | undefined,
  local: readonly InstalledRequester[] | null = null,
): Promise<Askers> {
  const listed = file === undefined && local !== null ? local : await askersIn(file);
  if (named === undefined) return { listed, chosen: listed };
  const chosen = [...new Set(named)].map((uid) => {
    const found = listed.find((one) => one.uid === uid);
    if (found !== undefined) return found;
    throw usageError(
      `account ${uid} is not listed in ${file ?? REQUESTERS_FILE}: it would get the right to publish where others ask; list it there first`,
    );
  });
  return { listed, chosen };
}

async function askersIn(file: string | undefined): Promise<readonly InstalledRequester[]> {
  // Without an option the file may be missing: then nobody is listed.
  if (file === undefined && !existsSync(REQUESTERS_FILE)) return [];
  const { requesters } = await readRequestersFile(file);
  return requesters.map(({ uid, topics }) => ({ uid, topics }));
}

/** The requesters of the local cloud; null elsewhere. */
export const localAskers = ({ local }: Pick<Site, 'local'>): readonly InstalledRequester[] | null =>
  local === null
    ? null
    : [{ uid: local.requester.uid, requestTopic: local.requestTopic }, ...(local.requesters ?? [])].map(
        ({ uid, requestTopic }) => ({ uid, topics: [requestTopic] }),
      );
