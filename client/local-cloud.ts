import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const account = z.object({
  uid: z.string(),
  endpoint: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  /** Of a session; the local cloud itself writes keys of a user. */
  securityToken: z.string().optional(),
});

/** The ready line of `dms-handshake local`, as its state file keeps it. */
const readySchema = z.object({
  region: z.string(),
  owner: account,
  /** Further accounts B, where the cloud was started with some. */
  owners: z.array(account).readonly().optional(),
  requester: account,
  /** Further accounts A, each with the topic that it publishes to. */
  requesters: z
    .array(account.extend({ requestTopic: z.string() }))
    .readonly()
    .optional(),
  /** Keys of a user of the owner who holds the documents of the approver and the operator. */
  approver: account.pick({ accessKeyId: true, accessKeySecret: true }).optional(),
  requestTopic: z.string(),
  replyTopic: z.string(),
  replyQueue: z.object({ name: z.string() }),
  /** Path of the `requesters.json` that its functions go by. */
  requestersFile: z.string().optional(),
});

export type RunningLocalCloud = z.output<typeof readySchema>;

/** No local cloud is running, or its state file cannot be read as one. */
export class NoLocalCloudError extends Error {
  override readonly name = 'NoLocalCloudError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a running local cloud leaves its endpoints and keys: `DMS_HANDSHAKE_LOCAL`, or a file in the user's state folder. */
export function localCloudFile(environment: Environment): string {
  const given = environment['DMS_HANDSHAKE_LOCAL'];
  if (given !== undefined && given !== '') return given;
  const state = environment['XDG_STATE_HOME'];
  // The specification of these folders says that a relative path is to be ignored.
  const folder = state?.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(folder, 'dms-handshake', 'local.json');
}

/** Reads the state file. Throws `NoLocalCloudError`; never quotes the file, which holds keys. */
export async function runningLocalCloud(environment: Environment = process.env): Promise<RunningLocalCloud> {
  const file = localCloudFile(environment);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new NoLocalCloudError(
      `no local cloud is running: there is no ${file}; start one with "npx dms-handshake local" in another terminal`,
    );
  }
  const parsed = readySchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new NoLocalCloudError(
    `${file} is not what "npx dms-handshake local" writes; delete it and start the local cloud again`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
