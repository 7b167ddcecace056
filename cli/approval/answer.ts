import type { AnswerReport } from '../../events/approval-report.ts';
import { visible } from '../../events/visible.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { readAskings, waits } from '../../shared/record/asked.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { CliError, EXIT } from '../failure.ts';
import { type CloudOptions, localWords } from '../options.ts';
import { apiOf, connectApprover, mnsOf, patienceOf, type Site } from '../site.ts';
import { confirm } from '../ui/confirm.ts';
import { approverKey, noteUnsigned, signedBody } from './approver-key.ts';
import { findPending, type Waiting } from './find-pending.ts';
import { wordsOf } from './pending.ts';
import { withWordsOf } from './words-file.ts';

export interface AnswerOptions extends CloudOptions {
  readonly requester?: string;
  /** A file with the words. Default: those in the owner's queue of replies. */
  readonly request?: string;
  readonly reason?: string;
  readonly yes?: true;
  readonly topic?: string;
  /** Seconds. */
  readonly wait: number;
}

/** `approve` and `deny`: says yes or no, over the owner's topic, to the very words that it shows. */
export async function answer(says: 'approve' | 'deny', id: string, options: AnswerOptions): Promise<void> {
  const key = says === 'approve' ? approverKey(process.env) : null;
  const site = await connectApprover(options);
  const one = await theOne(site, id, options);
  if (says === 'approve') await noteUnsigned(key, site.local?.requestersFile);
  const shown = `${visible(one.requestId)} of account ${one.requesterUid}, sent at ${one.since}\n${wordsOf(one)}\ndigest ${one.digest}`;
  if (says === 'approve' && options.yes !== true)
    await confirm(shown, {
      question: 'Approve this?',
      undone: 'nothing was approved',
      unasked: `see it with "npx dms-handshake pending${localWords(options)}", then say --yes`,
    });
  else process.stderr.write(`${shown}\n`);
  const { request, digest, since } = one;
  const more = options.reason === undefined ? {} : { reason: options.reason };
  const body = xmlSafeJson({
    owner: { [says]: { ownerUid: site.ownerUid, request, digest, since, ...more } },
  });
  const signed = key === null ? body : xmlSafeJson(signedBody(body, key, site.clock.now()));
  await topic(options.topic ?? TOPICS.owner, mnsOf(site), patienceOf(site)).publish(signed);
  const taken = await isTaken(site, one, options.wait * 1_000);
  const status = !taken ? 'sent' : says === 'approve' ? 'approved' : 'denied';
  const report: AnswerReport = { requestId: one.requestId, digest, status };
  process.stdout.write(
    `${options.json === true ? JSON.stringify(report) : visible(`${status} ${one.requestId}`)}\n`,
  );
  if (taken || options.wait === 0) return;
  throw new CliError(
    `${visible(one.requestId)} still waits ${options.wait} s after the answer was sent; why stands in a reply to it in the queue dms-handshake-owner-replies: perhaps requesters.json lists "approvers" and none of them has signed, or the owner's topic is behind. See "npx dms-handshake pending${localWords(options)}"`,
    EXIT.noReply,
  );
}

/** The request of an id. Throws `CliError` where there is none, where two have it, and where nobody can see its words. */
async function theOne(site: Site, id: string, options: AnswerOptions): Promise<Waiting> {
  const { requester, request } = options;
  const all = (await findPending(site, { withoutWords: request !== undefined })).filter(
    (one) => one.requestId === id && (requester === undefined || one.requesterUid === requester),
  );
  const [one, another] = all;
  if (one === undefined)
    throw new CliError(
      `no request ${JSON.stringify(id)} waits for approval; "npx dms-handshake pending${localWords(options)}" lists those that do`,
    );
  if (another !== undefined)
    throw new CliError(
      `${all.length} requests that wait have the id ${JSON.stringify(id)}, on ${all.map(({ roleName }) => roleName).join(' and ')}; nothing was said to any of them. Deny is no way out either: have one of them sent again with an id of its own, or name its account with --requester where they differ in that`,
    );
  const worded = request === undefined ? one : await withWordsOf(request, one);
  if (worded.request === null)
    throw new CliError(
      `the words of ${JSON.stringify(id)} were not found in the queue dms-handshake-owner-replies, so nobody can see what would be answered: they are gone, or behind too many replies. Let whoever sent the request hand it over, and name it with --request FILE; only words with the digest ${one.digest} are taken`,
    );
  return worded;
}

/** Whether provision has taken the answer in time: the request waits no more. */
async function isTaken(site: Site, { roleName, digest }: Waiting, waitMs: number): Promise<boolean> {
  const until = site.clock.now() + waitMs;
  const { roleTags } = ramReader(apiOf(site, waitMs + 30_000));
  while (site.clock.now() < until) {
    const { asked } = readAskings(readNotes(await roleTags(roleName)));
    if (asked?.digest !== digest || !waits(asked, site.clock.now())) return true;
    await site.clock.sleep(500);
  }
  return false;
}
