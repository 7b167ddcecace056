import type { ListReport } from '../events/report.ts';
import { visible } from '../events/visible.ts';
import { ramLister } from '../shared/alicloud/ram-lister.ts';
import type { Grants } from '../shared/catalogue/grants.ts';
import { parseRoleName } from '../shared/catalogue/names.ts';
import type { ListedRole } from '../shared/ports.ts';
import { expiryOf, grantedBy, readRecord, trustedBy } from '../shared/record/record.ts';
import type { Millis } from '../shared/runtime/clock.ts';
import { readVerdict } from '../shared/verification/verdict.ts';
import type { CloudOptions } from './options.ts';
import { apiOf, connect } from './site.ts';
import { table } from './ui/table.ts';
import { type Terminal, terminal } from './ui/terminal.ts';

type Listed = ListReport['roles'][number];
/** `what`: what it grants in words for people, or who may switch to a console role. `failed`: checks of the last verdict. */
type Row = Listed & { readonly what: string; readonly failed: readonly string[] };

export async function listRoles(options: CloudOptions): Promise<void> {
  const site = await connect('owner', options);
  const rows: Row[] = [];
  for await (const role of ramLister(apiOf(site)).roles()) {
    const row = rowOf(role, site.clock.now());
    if (row !== null) rows.push(row);
  }
  rows.sort((a, b) => (a.roleArn < b.roleArn ? -1 : 1));
  const report: ListReport = { roles: rows.map(({ what: _, failed: __, ...listed }) => listed) };
  const text = options.json === true ? JSON.stringify(report) : show(rows, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
}

function rowOf({ name, arn, tags }: ListedRole, now: Millis): Row | null {
  const parsed = parseRoleName(name);
  if (parsed === null) return null;
  const record = readRecord(tags, now);
  const ends = expiryOf(record, now);
  const verdict = readVerdict(tags);
  const trusted = trustedBy(record, now);
  const granted = grantedBy(record, now);
  return {
    ...parsed,
    roleArn: arn,
    engines: parsed.access === 'register' ? [...granted.engines] : [],
    expiresAt: iso(ends),
    lastVerdict: verdict?.status ?? null,
    verifiedAt: iso(verdict?.at ?? null),
    what:
      parsed.access === 'register'
        ? describe(granted)
        : trusted === 'account'
          ? 'whole account'
          : trusted.join(', '),
    failed: verdict?.checks ?? [],
  };
}

const describe = ({ engines, narrowed }: Grants): string =>
  engines
    .map((id) => {
      const on = narrowed.get(id);
      return on === undefined
        ? id
        : `${id} (${on.length === 0 ? 'only reads' : `modifies only ${on.join(' ')}`})`;
    })
    .join(', ');

const iso = (time: Millis | null): string | null => (time === null ? null : new Date(time).toISOString());

function show(rows: readonly Row[], to: Terminal): string {
  if (rows.length === 0) return 'no roles yet: account A asks for one with "npx dms-handshake request"';
  const { colors } = to;
  const paint = (verdict: Listed['lastVerdict']): string =>
    verdict === null ? '-' : (verdict === 'verified' ? colors.green : colors.red)(verdict);
  const listed = table(
    ['requester', 'access', 'verdict', 'since (UTC)', 'expires (UTC)', 'grants'],
    rows.map((row) => [
      row.requesterUid,
      row.access,
      paint(row.lastVerdict),
      minute(row.verifiedAt),
      minute(row.expiresAt),
      visible([row.what || 'nothing: closed', ...whyOf(row)].join('\n')),
    ]),
    to,
  );
  return [listed, '', ...LEGEND.map((line) => colors.dim(line))].join('\n');
}

const LEGEND: readonly string[] = [
  'verdict: what the last sweep found. verified: the role grants what its record says; failed: it does not; -: no sweep',
  'has looked yet (hourly; now: npx dms-handshake sweep). since: how long that has been so. expires: the earliest end.',
];

const minute = (time: string | null): string => time?.slice(0, 16).replace('T', ' ') ?? '-';

const whyOf = ({ failed }: Row): readonly string[] =>
  failed.length === 0 ? [] : [`failed: ${failed.join(', ')}`];
