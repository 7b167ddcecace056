import { readFile } from 'node:fs/promises';
import { type Requesters, RequestersError, readRequesters } from '../shared/admission/requesters.ts';
import { CliError, EXIT } from './failure.ts';

/** Where the file stands unless an option names another: beside `s.yaml`. */
export const REQUESTERS_FILE = 'requesters.json';

/** Who may ask, by the file that the functions are deployed with. Throws a usage error that names the file and the option. */
export async function readRequestersFile(file: string = REQUESTERS_FILE): Promise<Requesters> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CliError(
      `${file} cannot be read (${code}); name the file that says who may ask with --requesters`,
      EXIT.usage,
      { cause },
    );
  });
  try {
    return readRequesters(text);
  } catch (error) {
    if (!(error instanceof RequestersError)) throw error;
    throw new CliError(`${file}: ${error.message}`, EXIT.usage, { cause: error });
  }
}
