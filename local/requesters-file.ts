import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Who may ask in one local cloud. */
interface MayAsk {
  /** For every function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly token: string;
  /** Path of the file. */
  readonly file: string;
  remove(): Promise<void>;
}

/** Writes the `requesters.json` of a local cloud to a folder of its own, unless it is given as a path, and makes the token of its client `local`. */
export async function writeRequesters(
  given: object | string | undefined,
  requesterUid: string,
  requestTopic: string,
): Promise<MayAsk> {
  const token = randomBytes(32).toString('base64url');
  if (typeof given === 'string') {
    const file = resolve(given);
    return {
      environment: { REQUESTERS_FILE: file, LOCAL_TOKEN: token },
      token,
      file,
      remove: async () => {},
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-requesters-'));
  const file = join(folder, 'requesters.json');
  await writeFile(file, JSON.stringify(given ?? localOnly(requesterUid, requestTopic)));
  return {
    environment: { REQUESTERS_FILE: file, LOCAL_TOKEN: token },
    token,
    file,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As many a minute as the file allows: a load test or a chaos run is one requester. */
const localOnly = (uid: string, topic: string): object => ({
  requesters: [
    {
      uid,
      name: 'local',
      engines: '*',
      access: ['register', 'console'],
      requestsPerMinute: 6_000,
      topics: [topic],
    },
  ],
  clients: [{ name: 'local', requesters: [uid], auth: { type: 'bearer', secretEnv: 'LOCAL_TOKEN' } }],
});
