import { type Requesters, readRequesters } from '../shared/admission/requesters.ts';
import { RequestersError } from '../shared/admission/requesters-faults.ts';
import { CliError, EXIT } from './failure.ts';
import { fileBytes } from './file-bytes.ts';

/** Where the file stands unless an option names another: beside `s.yaml`. */
export const REQUESTERS_FILE = 'requesters.json';

/** Who may ask, by the file that the functions are deployed with. Throws a usage error that names the file and the option. */
export async function readRequestersFile(file: string = REQUESTERS_FILE): Promise<Requesters> {
  const wayOut = 'name the file that says who may ask with --requesters';
  return parseRequestersFile(await fileBytes(file, wayOut), file);
}

/**
 * What people call each requester, by UID. Names only help whoever reads: without a file that can be read there are
 * none, and nothing fails.
 */
export async function requesterNames(file: string | undefined): Promise<ReadonlyMap<string, string>> {
  const { requesters } = await readRequestersFile(file).catch(() => ({ requesters: [] }));
  return new Map(requesters.map(({ uid, name }) => [uid, name]));
}

/** Who may ask, out of what the file holds. */
export function parseRequestersFile(content: Uint8Array, file: string): Requesters {
  try {
    return readRequesters(content);
  } catch (error) {
    if (!(error instanceof RequestersError)) throw error;
    throw new CliError(`${file}: ${error.message}`, EXIT.usage, { cause: error });
  }
}
