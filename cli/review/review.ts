import type { ReviewReport } from '../../events/review-report.ts';
import { visible } from '../../events/visible.ts';
import { findRequester } from '../../shared/admission/requesters.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { isOurs, parseRoleName } from '../../shared/catalogue/names.ts';
import { dueEmergency, reportOf, unconfirmedEmergency } from '../../shared/record/emergency.ts';
import { iso } from '../../shared/record/entry.ts';
import { grantedList } from '../../shared/record/granted-list.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { readRecord } from '../../shared/record/record.ts';
import { dueReview } from '../../shared/record/reviews.ts';
import type { CloudOptions } from '../options.ts';
import { readRequestersFile } from '../requesters-file.ts';
import { apiOf, connectApprover, type Site } from '../site.ts';
import { grantWords, minute } from '../ui/grant-words.ts';
import { short } from '../ui/short.ts';
import { table } from '../ui/table.ts';
import { type Terminal, terminal } from '../ui/terminal.ts';
import { keep } from './keep.ts';

export interface ReviewOptions extends CloudOptions {
  /** Name of the role that is to be confirmed. */
  readonly keep?: string;
  readonly requesters?: string;
  readonly topic?: string;
  /** Seconds. */
  readonly wait: number;
}

/** `endsAt`: when its grants end unless somebody confirms it; null where that was not told yet. */
type Due = ReviewReport['roles'][number] & { readonly name: string; readonly endsAt: string | null };

/** `review`: lists what is due, or confirms one role. */
export async function review(options: ReviewOptions): Promise<void> {
  if (options.keep !== undefined) return keep(options.keep, options);
  const site = await connectApprover(options);
  const { due, early } = await dueRoles(site, options.requesters);
  const report: ReviewReport = { roles: due.map(({ name: _, endsAt: __, ...role }) => role) };
  const text = options.json === true ? JSON.stringify(report) : showDue(due, early, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
}

/** `early`: the roles of emergencies that are not over, so not due, and can be confirmed already. */
interface Found {
  readonly due: readonly Due[];
  readonly early: readonly string[];
}

/** The roles that are due now, by their tags and by the file that says after how many days. */
async function dueRoles(site: Site, file: string | undefined): Promise<Found> {
  const requesters = await readRequestersFile(file ?? site.local?.requestersFile);
  const now = site.clock.now();
  const due: Due[] = [];
  const early: string[] = [];
  for await (const { name, arn, tags } of ramLister(apiOf(site)).roles()) {
    const id = parseRoleName(name);
    if (id === null || !isOurs(tags)) continue;
    const record = readRecord(tags, now);
    const notes = readNotes(tags);
    const reviewDays = findRequester(requesters, id.requesterUid)?.reviewDays ?? null;
    const emergency = dueEmergency(record, notes, now);
    if (emergency === null && unconfirmedEmergency(record, notes) !== null) early.push(name);
    const found = dueReview(record, notes, reviewDays, now);
    const dueAt = emergency?.until ?? found?.dueAt;
    if (dueAt === undefined) continue;
    const endsAt = found?.told?.lapsesAt ?? null;
    due.push({
      roleArn: arn,
      requesterUid: id.requesterUid,
      access: id.access,
      grants: grantedList(record, now),
      reviewedAt: notes.reviewedAt === null ? null : iso(notes.reviewedAt),
      dueAt: iso(dueAt),
      ...(emergency === null ? {} : reportOf(record)),
      name,
      endsAt: endsAt === null ? null : iso(endsAt),
    });
  }
  return { due: due.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)), early };
}

const emergencyOf = ({ breakGlass }: Due): readonly string[] =>
  breakGlass === undefined
    ? []
    : [`emergency until ${minute(breakGlass.until)}: ${short(breakGlass.reason)}`];

/** What `review` prints: what is due, and below it what can be confirmed before it is. */
const showDue = (due: readonly Due[], early: readonly string[], to: Terminal): string =>
  [dueText(due, to), ...early.map((name) => earlyText(name, to))].join('\n');

const earlyText = (name: string, to: Terminal): string =>
  `to be confirmed before the next emergency: ${name} ${to.colors.dim('(npx dms-handshake review --keep ROLE)')}`;

function dueText(due: readonly Due[], to: Terminal): string {
  if (due.length === 0) return 'no role is due for review';
  const rows = due.map((one) => [
    one.name,
    minute(one.dueAt),
    minute(one.reviewedAt),
    one.endsAt !== null ? minute(one.endsAt) : one.breakGlass === undefined ? 'not told yet' : '-',
    visible([grantWords(one.grants) || 'nothing', ...emergencyOf(one)].join('\n')),
  ]);
  return [
    table(['role', 'due since (UTC)', 'confirmed', 'ends (UTC)', 'grants'], rows, to),
    '',
    to.colors.dim(
      'still needed: npx dms-handshake review --keep ROLE. ends: what it grants, if nobody confirms it.',
    ),
  ].join('\n');
}
