import { readFile } from 'node:fs/promises';
import { readJson } from '../events/read-json.ts';
import * as z from '../events/zod.ts';
import { answers, localCloudFile } from './local-cloud-file.ts';
import { NoLocalCloudError } from './no-local-cloud.ts';

const account = z.object({
  uid: z.string(),
  endpoint: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  /** Of a session; the local cloud itself writes keys of a user. */
  securityToken: z.optional(z.string()),
});

/** The ready line of `npx dms-handshake local`, as its state file keeps it. */
const readySchema = z.object({
  region: z.string(),
  owner: account,
  /** Further accounts B, where the cloud was started with some. */
  owners: z.optional(z.readonly(z.array(account))),
  requester: account,
  /** Further accounts A, each with the topic that it publishes to. */
  requesters: z.optional(z.readonly(z.array(z.extend(account, { requestTopic: z.string() })))),
  /** Keys of a user of the owner who holds the documents of the approver and the operator. */
  approver: z.optional(z.pick(account, { accessKeyId: true, accessKeySecret: true })),
  requestTopic: z.string(),
  replyTopic: z.string(),
  replyQueue: z.object({ name: z.string() }),
  /** Path of the `requesters.json` that its functions go by. */
  requestersFile: z.optional(z.string()),
});

export type RunningLocalCloud = z.output<typeof readySchema>;

/**
 * Reads the state file, of the local cloud of that name if one is given. Throws `NoLocalCloudError`, also where the file
 * is left of one that died; never quotes the file, which holds keys.
 */
export async function runningLocalCloud(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  name?: string,
): Promise<RunningLocalCloud> {
  const file = localCloudFile(environment, name);
  const start = `"npx dms-handshake local${name === undefined ? '' : ` --name ${name}`}"`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    const which = name === undefined ? '' : ` named ${name}`;
    throw new NoLocalCloudError(
      `no local cloud${which} is running: there is no ${file}; start one with ${start} in another terminal`,
    );
  }
  const read = readJson(text);
  const parsed = 'json' in read ? readySchema.safeParse(read.json) : null;
  if (parsed?.success !== true)
    throw new NoLocalCloudError(
      `${file} is not what ${start} writes; delete it and start the local cloud again`,
    );
  if (await answers(parsed.data.owner.endpoint)) return parsed.data;
  throw new NoLocalCloudError(
    `the local cloud of ${file} is gone: nobody answers at ${parsed.data.owner.endpoint}; start it again with ${start}`,
  );
}
