import { randomUUID } from 'node:crypto';
import type { KeptReport } from '../../events/review-report.ts';
import { visible } from '../../events/visible.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { isOurs, parseRoleName } from '../../shared/catalogue/names.ts';
import { reportOf } from '../../shared/record/emergency.ts';
import { grantedList } from '../../shared/record/granted-list.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { readRecord } from '../../shared/record/record.ts';
import { roleArn } from '../../shared/runtime/arn.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { approverKey, noteUnsigned, signedBody } from '../approval/approver-key.ts';
import { CliError, EXIT } from '../failure.ts';
import { apiOf, connectApprover, mnsOf, patienceOf, type Site } from '../site.ts';
import { grantWords } from '../ui/grant-words.ts';
import type { ReviewOptions } from './review.ts';

/** `review --keep`: says over the owner's topic that a role is still needed, and waits until provision has noted it. */
export async function keep(name: string, options: ReviewOptions): Promise<void> {
  const id = parseRoleName(name);
  if (id === null)
    throw new CliError(
      `${name} is no name of a role that is made here; "npx dms-handshake review" lists them`,
      EXIT.usage,
    );
  const key = approverKey(process.env);
  const site = await connectApprover(options);
  const before = await reviewedAt(site, name);
  await noteUnsigned(key, options.requesters ?? site.local?.requestersFile);
  const requestId = `keep-${randomUUID()}`;
  const body = xmlSafeJson({ owner: { keep: { ...id, ownerUid: site.ownerUid, requestId } } });
  const message = key === null ? body : xmlSafeJson(signedBody(body, key, site.clock.now()));
  await topic(options.topic ?? TOPICS.owner, mnsOf(site), patienceOf(site)).publish(message);
  const isKept = await isNoted(site, name, before, options.wait * 1_000);
  const report: KeptReport = {
    roleArn: roleArn(site.ownerUid, name),
    requestId,
    status: isKept ? 'kept' : 'sent',
  };
  process.stdout.write(`${options.json === true ? JSON.stringify(report) : `${report.status} ${name}`}\n`);
  if (isKept || options.wait === 0) return;
  throw new CliError(
    `the confirmation of ${name} is not noted ${options.wait} s after it was sent; why stands in the reply to ${requestId} in the queue dms-handshake-owner-replies: perhaps requesters.json lists "approvers" and none of them has signed, or the owner's topic is behind. See "npx dms-handshake review"`,
    EXIT.noReply,
  );
}

/** When a role was confirmed last. Shows what it grants; throws `CliError` where there is nothing to confirm. */
async function reviewedAt(site: Site, name: string): Promise<number> {
  const tags = await ramReader(apiOf(site)).roleTags(name);
  const record = readRecord(tags, site.clock.now());
  const grants = grantedList(record, site.clock.now());
  const isOver = reportOf(record).breakGlass?.confirmed !== false;
  if (!isOurs(tags) || (grants.length === 0 && isOver))
    throw new CliError(
      `${name} ${isOurs(tags) ? 'grants nothing' : 'is no role of ours in this account'}, so there is nothing to keep; nothing was sent. "npx dms-handshake list" shows the roles`,
    );
  process.stderr.write(`${name} grants ${visible(grantWords(grants)) || 'nothing'}\n`);
  return readNotes(tags).reviewedAt ?? 0;
}

/** Whether provision has noted a later confirmation in time. */
async function isNoted(site: Site, name: string, before: number, waitMs: number): Promise<boolean> {
  const until = site.clock.now() + waitMs;
  const { roleTags } = ramReader(apiOf(site, waitMs + 30_000));
  while (site.clock.now() < until) {
    if ((readNotes(await roleTags(name)).reviewedAt ?? 0) > before) return true;
    await site.clock.sleep(500);
  }
  return false;
}
