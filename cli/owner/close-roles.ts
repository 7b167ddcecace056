import { randomUUID } from 'node:crypto';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { ACCESS_KINDS, type Access, parseRoleName, roleName } from '../../shared/catalogue/names.ts';
import { roleArn } from '../../shared/runtime/arn.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { verifyInvoker } from '../ask-verify.ts';
import { CliError, EXIT, sentence } from '../failure.ts';
import { type CloudOptions, localWords } from '../options.ts';
import { apiOf, connectApprover, type Site } from '../site.ts';
import { confirm } from '../ui/confirm.ts';
import { progress } from '../ui/progress.ts';
import { terminal } from '../ui/terminal.ts';
import { awaitClosed } from './await-closed.ts';
import { type Closed, type Closing, closings } from './closing.ts';
import { sendCloses } from './send-closes.ts';
import { mayAskAgain, showClosed, whereToLook } from './words.ts';

export interface CloseOptions extends CloudOptions {
  readonly requester?: string;
  readonly all?: true;
  readonly yes?: true;
  /** Only this one; without, both roles of a requester. */
  readonly access?: Access;
  /** The owner's topic. */
  readonly topic?: string;
  /** Seconds. */
  readonly wait: number;
}

/** `revoke --as-owner`: takes access away over the owner's topic, whoever is listed, and waits until verify sees it gone. */
export async function closeRoles(options: CloseOptions): Promise<void> {
  const site = await connectApprover(options);
  const wanted = closings(await rolesOf(site, options), randomUUID());
  if (options.all === true && wanted.length > 0 && options.yes !== true) await ask(wanted);
  const sent = new Set<Closing>();
  const interrupted = () => endInterrupted(sent, options);
  process.once('SIGINT', interrupted);
  const spinner = progress(`closing ${wanted.length} roles`, terminal(process.stderr));
  try {
    await sendCloses(site, options.topic ?? TOPICS.owner, wanted, sent);
    const closed =
      options.wait === 0
        ? wanted.map((one) => asSent(site.ownerUid, one))
        : await awaitClosed(wanted, {
            clock: site.clock,
            waitMs: options.wait * 1_000,
            ask: (request) => verifyInvoker(site)(request),
            say: (done, all) => spinner.say(`closed ${done} of ${all} roles`),
          });
    spinner.stop();
    print(closed, options);
  } catch (error) {
    spinner.stop();
    if (sent.size === 0) throw error;
    throw new CliError(
      `${await sentence(error)}; ${whereToLook([...sent], localWords(options))}`,
      EXIT.failed,
      {
        cause: error,
      },
    );
  } finally {
    process.off('SIGINT', interrupted);
  }
}

/** Those of one requester, which need not be seen first: taking away must not depend on a look. */
async function rolesOf(site: Site, { requester, access }: CloseOptions) {
  const kinds = access === undefined ? ACCESS_KINDS : [access];
  if (requester !== undefined) return kinds.map((kind) => ({ requesterUid: requester, access: kind }));
  const found: Pick<Closing, 'requesterUid' | 'access'>[] = [];
  for await (const { name } of ramLister(apiOf(site)).roles()) {
    const parsed = parseRoleName(name);
    if (parsed !== null && kinds.includes(parsed.access)) found.push(parsed);
  }
  return found.sort((a, b) =>
    roleName(a.access, a.requesterUid) < roleName(b.access, b.requesterUid) ? -1 : 1,
  );
}

const ask = (wanted: readonly Closing[]): Promise<void> =>
  confirm(wanted.map(({ access, requesterUid }) => roleName(access, requesterUid)).join('\n'), {
    question: `Close all ${wanted.length} of them? Nobody can use DMS or the console through them then.`,
    undone: 'nothing was closed',
    unasked: 'see with "npx dms-handshake list" what would be, then say --yes',
  });

const asSent = (ownerUid: string, one: Closing): Closed => ({
  ...one,
  roleArn: roleArn(ownerUid, roleName(one.access, one.requesterUid)),
  status: 'sent',
  checks: [],
});

function print(closed: readonly Closed[], options: CloseOptions): void {
  const isJson = options.json === true;
  const present = closed.filter(({ status }) => status !== 'absent');
  const report = { roles: present.map(({ roleArn, status }) => ({ roleArn, status })) };
  process.stdout.write(`${isJson ? JSON.stringify(report) : showClosed(closed, terminal(process.stdout))}\n`);
  const failed = closed.filter(({ status }) => status === 'failed');
  const open = closed.filter(
    ({ status }) => status === 'failed' || status === 'pending' || status === 'sent',
  );
  if (closed.length > 0) (isJson ? process.stderr : process.stdout).write(`${mayAskAgain(closed)}\n`);
  if (open.length > 0)
    process.stderr.write(
      `dms-handshake: ${closed.length - open.length} of ${closed.length} are closed; ${whereToLook(open, localWords(options))}\n`,
    );
  process.exitCode =
    failed.length > 0 ? EXIT.failed : open.length > 0 && options.wait > 0 ? EXIT.noReply : EXIT.done;
}

/** A poll that is under way cannot be called off, and nothing is lost with it: the process just ends. */
function endInterrupted(sent: ReadonlySet<Closing>, options: CloseOptions): void {
  const what = sent.size === 0 ? 'nothing was sent' : whereToLook([...sent], localWords(options));
  process.stderr.write(`stopped; ${what}\n`);
  process.exit(EXIT.interrupted);
}
