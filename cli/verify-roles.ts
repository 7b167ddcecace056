import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RoleReport } from '../events/report.ts';
import { visible } from '../events/visible.ts';
import { askVerify, requestOf, type VerifyOptions, verifyInvoker } from './ask-verify.ts';
import { EXIT } from './failure.ts';
import { type OwnerAccount, readAccounts } from './fleet/accounts-file.ts';
import type { FleetReport } from './fleet/verify-accounts.ts';
import type { Owner } from './report/page.ts';
import { requireWritable, writeTarget } from './report/target.ts';
import { requesterNames } from './requesters-file.ts';
import { checkTable, paintStatus } from './show-reply.ts';
import { connect, connectAnywhere, type Site } from './site.ts';
import { progress } from './ui/progress.ts';
import { table } from './ui/table.ts';
import { type Terminal, terminal } from './ui/terminal.ts';

/** Only the verify function's role may make the test AssumeRole, so it is the function that is asked. */
export async function verifyRoles(options: VerifyOptions): Promise<void> {
  const { html } = options;
  if (html !== undefined) await requireWritable(html);
  const found =
    options.accounts === undefined ? await verifyOne(options) : await verifyMany(options, options.accounts);
  const { roles, unverified } = found;
  if (options.json === true) await pipeline(Readable.from(jsonOf(roles)), process.stdout, { end: false });
  else process.stdout.write(`${showReports(roles, terminal(process.stdout))}\n`);
  for (const { what, reason } of unverified)
    process.stderr.write(`${visible(`${what} was not verified: ${reason}`)}\n`);
  if (html !== undefined) await writePage(html, found);
  const bad = unverified.length > 0 || hasFailed(roles);
  process.exitCode = bad ? EXIT.failed : EXIT.done;
}

function hasFailed(roles: Iterable<RoleReport>): boolean {
  for (const { status } of roles) if (status === 'failed') return true;
  return false;
}

/** Role by role: the text of a whole fleet would be longer than a text may be. */
function* jsonOf(roles: Iterable<RoleReport>): Generator<string> {
  yield '{"roles":[';
  let between = '';
  for (const role of roles) {
    yield between + JSON.stringify(role);
    between = ',';
  }
  yield ']}\n';
}

interface Found extends FleetReport {
  readonly site: Site;
  readonly owners: readonly Owner[];
}

async function verifyOne(options: VerifyOptions): Promise<Found> {
  const site = await connect('owner', options);
  const { roles, unjudged } = await askVerify(site, options);
  const unverified = unjudged.map(({ role, reason }) => ({ what: `role ${role}`, reason }));
  return { site, owners: [{ uid: site.ownerUid }], roles, unverified };
}

async function verifyMany(options: VerifyOptions, file: string): Promise<Found> {
  const accounts = await readAccounts(file);
  const site = await connectAnywhere(options);
  const local = [site.local?.owner ?? [], site.local?.owners ?? []].flat();
  const endpointOf = (uid: string) => local.find((one) => one.uid === uid)?.endpoint ?? site.endpoint;
  const { verifyAccounts } = await import('./fleet/verify-accounts.ts');
  const { enterAccount } = await import('./fleet/enter-account.ts');
  const enter = async (account: OwnerAccount) =>
    verifyInvoker(await enterAccount(account, site, endpointOf(account.uid)));
  const spinner = progress(`asking ${accounts.length} accounts`, terminal(process.stderr));
  try {
    const found = await verifyAccounts(accounts, requestOf(options), enter, site.clock, spinner.say);
    return { site, owners: accounts, ...found };
  } finally {
    spinner.stop();
  }
}

async function writePage(file: string, { roles, owners, unverified, site }: Found): Promise<void> {
  const { page } = await import('./report/page.ts');
  const madeAt = new Date(site.clock.now()).toISOString();
  const names = await requesterNames(site.local?.requestersFile);
  await writeTarget(file, page(roles, { owners, unverified, madeAt, names }));
  process.stderr.write(`wrote ${file}\n`);
}

/** One role in full; of several a line each, and the checks of those that failed. */
function showReports(roles: Iterable<RoleReport>, to: Terminal): string {
  const [only, second] = roles;
  if (only === undefined) return 'no roles';
  if (second === undefined) return showReport(only, to);
  const failed: RoleReport[] = [];
  const rows = Array.from(roles, (role) => {
    if (role.status === 'failed') failed.push(role);
    return rowOf(role, to);
  });
  return [
    table(['requester', 'access', 'status', 'failed', 'role'], rows, to),
    ...failed.map((role) => `\n${showReport(role, to)}`),
    '',
    `${rows.length} roles, ${failed.length} failed`,
  ].join('\n');
}

const rowOf = ({ requesterUid, access, status, checks, roleArn }: RoleReport, { colors }: Terminal) => [
  requesterUid,
  access,
  paintStatus(status, colors),
  String(checks.filter((check) => check.status === 'fail').length),
  roleArn ?? 'none',
];

const showReport = ({ status, assurance, roleArn, checks }: RoleReport, to: Terminal): string =>
  [
    `${paintStatus(status, to.colors)}  ${roleArn ?? 'no role'}`,
    '',
    checkTable(checks, to),
    '',
    `assurance  ${assurance}`,
  ].join('\n');
