import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClientSecrets } from './client-secrets.ts';
import { makeTempFolder, removeTempFolder } from './temp-folders.ts';

/** Who may ask in one local cloud. */
interface MayAsk {
  /** For every function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly token: string;
  /** Path of the file. */
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Writes the `requesters.json` of a local cloud to a folder of its own, unless it is given as a path. The token of its
 * client is a secret that `s.yaml` names and that is set in the environment, else the one that was made for this cloud.
 */
export async function writeRequesters(
  given: object | string | undefined,
  requesterUid: string,
  requestTopic: string,
  { values, standIns }: ClientSecrets = { values: {}, standIns: [] },
  made = randomBytes(32).toString('base64url'),
): Promise<MayAsk> {
  const variable = Object.keys(values).find((name) => !standIns.includes(name)) ?? 'LOCAL_TOKEN';
  const token = values[variable] ?? made;
  if (typeof given === 'string') {
    const file = resolve(given);
    return {
      environment: { REQUESTERS_FILE: file, LOCAL_TOKEN: made },
      token,
      file,
      remove: async () => {},
    };
  }
  const folder = makeTempFolder('requesters');
  const file = join(folder, 'requesters.json');
  await writeFile(file, JSON.stringify(given ?? localOnly(requesterUid, requestTopic, variable)));
  return {
    environment: { REQUESTERS_FILE: file, LOCAL_TOKEN: made },
    token,
    file,
    remove: async () => removeTempFolder(folder),
  };
}

/** As many a minute as the file allows: a load test or a chaos run is one requester. */
const localOnly = (uid: string, topic: string, secretEnv: string): object => ({
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
  clients: [{ name: 'local', requesters: [uid], auth: { type: 'bearer', secretEnv } }],
});
