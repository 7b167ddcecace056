import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TerminalError } from '../runtime/errors.ts';
import { TOPICS } from '../runtime/topics.ts';
import { NOBODY, type Requesters, readRequesters } from './requesters.ts';
import { RequestersError } from './requesters-faults.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `requesters.json` beside the function's code (`FC_FUNC_CODE_PATH`, else the folder of the bundle), or the file
 * that `REQUESTERS_FILE` names. No file means that nobody may ask. Throws `TerminalError` for a file that cannot be used.
 */
export function loadRequesters(environment: Environment): Requesters {
  const file = resolve(
    environment['FC_FUNC_CODE_PATH'] ?? __dirname,
    environment['REQUESTERS_FILE'] ?? 'requesters.json',
  );
  const content = readBytes(file);
  if (content === null) return NOBODY;
  try {
    return readRequesters(content, topicsOf(environment));
  } catch (error) {
    if (!(error instanceof RequestersError)) throw error;
    throw new TerminalError('internal', `${error.message} (${file})`, { cause: error });
  }
}

/** Names that the function's variables give; what they would be without stays reserved. */
function topicsOf(environment: Environment) {
  const named = ['REPLY_TOPIC', 'UPKEEP_TOPIC', 'OWNER_TOPIC']
    .map((name) => environment[name])
    .filter((name) => name !== undefined);
  return {
    common: environment['REQUEST_TOPIC'] || TOPICS.requests,
    reserved: [TOPICS.upkeep, TOPICS.owner, TOPICS.replies, ...named],
  };
}

/** The same for whoever only tells who sent a message: a file that cannot be used proves nobody. */
export function listedOrNobody(environment: Environment): Requesters {
  try {
    return loadRequesters(environment);
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return NOBODY;
  }
}

function readBytes(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = String(Reflect.get(Object(cause), 'code'));
    if (code === 'ENOENT') return null;
    throw new TerminalError(
      'internal',
      `${file} cannot be read (${code}); correct its rights, or deploy again`,
      {
        cause,
      },
    );
  }
}
