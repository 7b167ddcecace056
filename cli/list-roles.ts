import type { ListReport } from '../events/report.ts';
import { visible } from '../events/visible.ts';
import { ramLister } from '../shared/alicloud/ram-lister.ts';
import { ramReader } from '../shared/alicloud/ram-reader.ts';
import { parseRoleName } from '../shared/catalogue/names.ts';
import { FUNCTION_NAMES } from '../shared/installation/installation.ts';
import type { ListedRole } from '../shared/ports.ts';
import { reportOf } from '../shared/record/emergency.ts';
import { expiryOf } from '../shared/record/expiry.ts';
import { grantedList } from '../shared/record/granted-list.ts';
import { readNotes } from '../shared/record/notes.ts';
import { grantedBy, readRecord } from '../shared/record/record.ts';
import { usedOn } from '../shared/record/unused.ts';
import type { Millis } from '../shared/runtime/clock.ts';
import { readUseMark, type UseMark } from '../shared/sweep/use-mark.ts';
import { lastLook } from '../shared/verification/last-look.ts';
import type { CloudOptions } from './options.ts';
import { apiOf, connect } from './site.ts';
import { grantWords, minute } from './ui/grant-words.ts';
import { short } from './ui/short.ts';
import { table } from './ui/table.ts';
import { type Terminal, terminal } from './ui/terminal.ts';
import { useWords } from './use-words.ts';

type Listed = ListReport['roles'][number];
/** `what`: what it grants in words for people, or who may switch to a console role. `failed`: checks of the last verdict. */
type Row = Listed & { readonly what: string; readonly failed: readonly string[] };

export async function listRoles(options: CloudOptions): Promise<void> {
  const site = await connect('owner', options);
  const marked = ramReader(apiOf(site)).roleTags(FUNCTION_NAMES.verify);
  marked.catch(() => undefined);
  const rows: Row[] = [];
  for await (const role of ramLister(apiOf(site)).roles()) {
    const row = rowOf(role, site.clock.now());
    if (row !== null) rows.push(row);
  }
  rows.sort((a, b) => (a.roleArn < b.roleArn ? -1 : 1));
  const mark = readUseMark(await marked);
  const report: ListReport = {
    roles: rows.map(({ what: _, failed: __, ...listed }) => listed),
    ...(mark === null
      ? {}
      : { lastUse: { since: time(mark.from), until: time(mark.until), fault: mark.fault } }),
  };
  const text =
    options.json === true ? JSON.stringify(report) : showRows(rows, mark, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
}

function rowOf({ name, arn, tags }: ListedRole, now: Millis): Row | null {
  const parsed = parseRoleName(name);
  if (parsed === null) return null;
  const record = readRecord(tags, now);
  const ends = expiryOf(record, now);
  const verdict = lastLook(tags);
  const grants = grantedList(record, now);
  return {
    ...parsed,
    roleArn: arn,
    engines: parsed.access === 'register' ? [...grantedBy(record, now).engines] : [],
    expiresAt: iso(ends),
    grants,
    reference: readNotes(tags).reference,
    ...reportOf(record),
    lastVerdict: verdict?.status ?? null,
    verifiedAt: iso(verdict?.at ?? null),
    lastUsedOn: usedOn(readNotes(tags)),
    what: grantWords(grants),
    failed: verdict?.checks ?? [],
  };
}

const time = (at: Millis): string => new Date(at).toISOString();
const iso = (at: Millis | null): string | null => (at === null ? null : time(at));

/** What `list` prints of its rows. */
export function showRows(rows: readonly Row[], mark: UseMark | null, to: Terminal): string {
  if (rows.length === 0) return 'no roles yet: account A asks for one with "npx dms-handshake request"';
  const { colors } = to;
  const paint = (verdict: Listed['lastVerdict']): string =>
    verdict === null ? '-' : (verdict === 'verified' ? colors.green : colors.red)(verdict);
  const listed = table(
    ['requester', 'access', 'verdict', 'since (UTC)', 'expires (UTC)', 'used (UTC)', 'grants'],
    rows.map((row) => [
      row.requesterUid,
      row.access,
      paint(row.lastVerdict),
      minute(row.verifiedAt),
      minute(row.expiresAt),
      row.lastUsedOn ?? '-',
      visible([row.what || 'nothing: closed', ...whyOf(row)].join('\n')),
    ]),
    to,
  );
  return [listed, '', ...[...LEGEND, useWords(mark)].map((line) => colors.dim(line))].join('\n');
}

const LEGEND: readonly string[] = [
  'verdict: what was found last, by the hourly sweep or by whoever asked verify. verified: the role grants what its record',
  'says; failed: it does not (why: npx dms-handshake verify); -: nobody has looked yet. since: how long that has been so.',
  'expires: the earliest end.',
];

const whyOf = ({ failed, reference, breakGlass }: Row): readonly string[] => [
  ...(reference === null ? [] : [`for: ${short(reference)}`]),
  ...(breakGlass === undefined
    ? []
    : [
        `emergency until ${minute(breakGlass.until)}${breakGlass.confirmed ? '' : ', to be confirmed'}: ${short(breakGlass.reason)}`,
      ]),
  ...(failed.length === 0 ? [] : [`failed: ${failed.join(', ')}`]),
];
