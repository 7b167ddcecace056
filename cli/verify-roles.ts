import { writeFile } from 'node:fs/promises';
import { invocationAnswerSchema } from '../events/invocation.ts';
import type { RoleReport } from '../events/report.ts';
import { FUNCTION_NAMES } from '../shared/access/rights.ts';
import { parseAnswer } from '../shared/alicloud/answers.ts';
import { functionCompute } from '../shared/alicloud/fc.ts';
import { CliError, EXIT } from './failure.ts';
import { checkTable, paintStatus } from './show-reply.ts';
import { connect, fcOf, type Site } from './site.ts';
import { progress } from './ui/progress.ts';
import { table } from './ui/table.ts';
import { type Terminal, terminal } from './ui/terminal.ts';
import type { VerifyOptions } from './verify.ts';

/** Only the verify function's role may make the test AssumeRole, so it is the function that is asked. */
export async function verifyRoles(options: VerifyOptions): Promise<void> {
  const site = await connect('owner', options);
  const roles = await askVerify(site, options);
  if (options.html !== undefined) await writePage(options.html, roles, site);
  const text =
    options.json === true ? JSON.stringify({ roles }) : showReports(roles, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
  process.exitCode = roles.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done;
}

async function writePage(
  file: string,
  roles: readonly RoleReport[],
  { ownerUid, clock }: Site,
): Promise<void> {
  const { page } = await import('./report/page.ts');
  try {
    await writeFile(file, page(roles, { ownerUid, madeAt: new Date(clock.now()).toISOString() }));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CliError(`${file} cannot be written (${code})`, EXIT.failed, { cause });
  }
  process.stderr.write(`wrote ${file}\n`);
}

/** The reports of all pages, with counts and the time left on a terminal. */
export async function askVerify(
  site: Site,
  { requester, access }: Pick<VerifyOptions, 'requester' | 'access'>,
): Promise<readonly RoleReport[]> {
  const functions = functionCompute(fcOf(site));
  const spinner = progress('asking the verify function', terminal(process.stderr));
  const started = site.clock.now();
  const roles: RoleReport[] = [];
  try {
    for (let after: string | null | undefined; after !== null; ) {
      const wish = {
        ...(requester === undefined ? {} : { requesterUid: requester }),
        ...(access === undefined ? {} : { access }),
        ...(after === undefined ? {} : { after }),
      };
      const answer = await functions.invoke(FUNCTION_NAMES.verify, { verify: wish });
      const page = parseAnswer(FUNCTION_NAMES.verify, invocationAnswerSchema, answer);
      roles.push(...page.roles);
      spinner.say(counted(roles.length, page.total, site.clock.now() - started));
      after = page.next;
    }
  } finally {
    spinner.stop();
  }
  return roles;
}

function counted(done: number, total: number, ms: number): string {
  const left = done === 0 ? 0 : Math.ceil(((ms / done) * (total - done)) / 1_000);
  return `verified ${done} of ${total} roles, about ${left} s left`;
}

/** One role in full; of several a line each, and the checks of those that failed. */
function showReports(roles: readonly RoleReport[], to: Terminal): string {
  const [only, ...more] = roles;
  if (only === undefined) return 'no roles';
  if (more.length === 0) return showReport(only, to);
  const rows = roles.map(({ requesterUid, access, status, checks, roleArn }) => [
    requesterUid,
    access,
    paintStatus(status, to.colors),
    String(checks.filter((check) => check.status === 'fail').length),
    roleArn ?? 'none',
  ]);
  const failed = roles.filter(({ status }) => status === 'failed');
  return [
    table(['requester', 'access', 'status', 'failed', 'role'], rows, to),
    ...failed.map((role) => `\n${showReport(role, to)}`),
    '',
    `${roles.length} roles, ${failed.length} failed`,
  ].join('\n');
}

const showReport = ({ status, assurance, roleArn, checks }: RoleReport, to: Terminal): string =>
  [
    `${paintStatus(status, to.colors)}  ${roleArn ?? 'no role'}`,
    '',
    checkTable(checks, to),
    '',
    `assurance  ${assurance}`,
  ].join('\n');
