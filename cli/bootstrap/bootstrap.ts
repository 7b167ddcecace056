import type { PlanReport } from '../../events/report.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { parseRoleName } from '../../shared/catalogue/names.ts';
import { standardNames } from '../../shared/installation/installation.ts';
import { liveIds, readRecord } from '../../shared/record/record.ts';
import { CliError, EXIT } from '../failure.ts';
import type { CloudOptions } from '../options.ts';
import { apiOf, connect, type Side, type Site } from '../site.ts';
import { confirm } from '../ui/confirm.ts';
import { progress } from '../ui/progress.ts';
import { type Terminal, terminal } from '../ui/terminal.ts';
import { askersOf, localAskers } from './askers.ts';
import { applyPlan } from './carry-out.ts';
import { requesterSide } from './desired.ts';
import { groundOf } from './ground.ts';
import { ownerSteps } from './owner-steps.ts';
import { prove, type Written } from './prove.ts';
import { removalSteps } from './removal.ts';
import { type Step, stepsFor } from './steps.ts';

export interface BootstrapOptions extends CloudOptions {
  readonly requester?: readonly string[];
  readonly requesters?: string;
  readonly side?: Side;
  readonly dryRun?: true;
  readonly remove?: true;
  readonly yes?: true;
}

/** Many calls, one after the other, and slow ones among them, in ms. */
const PATIENCE_MS = 300_000;

export async function bootstrap(options: BootstrapOptions): Promise<void> {
  const found: Written[] = [];
  for (const side of sidesOf(options)) found.push(await stepsOn(side, await connect(side, options), options));
  const steps = found.flatMap((one) => one.steps);
  const conflicts = found.flatMap((one) => one.conflicts);
  const blocking = conflicts.filter(({ aside }) => aside !== true);
  if (blocking.length > 0 && options.remove !== true)
    throw new CliError(
      `nothing was written: ${blocking.map(({ text, fix }) => `${text}; ${fix}`).join('; ')}`,
    );
  for (const { text, fix } of conflicts) process.stderr.write(`${text}; ${fix}\n`);
  if (options.remove === true && options.dryRun !== true && options.yes !== true && steps.length > 0)
    await confirm(show(found, { ...options, dryRun: true }, terminal(process.stderr)), {
      question: 'Remove all of this?',
      undone: 'nothing was removed',
      unasked: 'see with --dry-run what would go, then say --yes',
    });
  if (options.dryRun !== true) await write(steps);
  const report: PlanReport = {
    changes: steps.map(({ operation, target, reason }) => ({ operation, target, reason })),
  };
  const text =
    options.json === true ? JSON.stringify(report) : show(found, options, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
  if (conflicts.length > 0 && options.remove !== true) process.exitCode = EXIT.failed;
  if (options.dryRun === true || options.remove === true) return;
  const proved = await prove(found, (line) => process.stderr.write(`${line}\n`));
  process.exitCode = proved && conflicts.length === 0 ? EXIT.done : EXIT.failed;
}

/** The local cloud is both accounts at once; elsewhere credentials are one account's. */
export function sidesOf({ side, local }: BootstrapOptions): readonly Side[] {
  if (side !== undefined) return [side];
  return local === true ? ['owner', 'requester'] : ['owner'];
}

async function stepsOn(side: Side, site: Site, options: BootstrapOptions): Promise<Written> {
  const ground = groundOf(site, PATIENCE_MS);
  const { region, ownerUid } = site;
  const at = standardNames(region, ownerUid);
  const where = { side, site, replyTopic: at.replyTopic };
  if (options.remove === true) {
    if (side === 'owner') await refuseWhileGranted(site);
    return { ...where, ...(await removalSteps(at, side, ground)) };
  }
  if (side === 'requester')
    return { ...where, ...(await stepsFor(requesterSide(at, site.accountId), ground)) };
  const askers = await askersOf(options.requester, options.requesters, localAskers(site));
  return { ...where, ...(await ownerSteps(region, ownerUid, askers, ground)) };
}

/** Without the functions nobody would end or take back what is granted now. */
export async function refuseWhileGranted(site: Site): Promise<void> {
  const granting: string[] = [];
  const now = site.clock.now();
  for await (const { name, tags } of ramLister(apiOf(site)).roles())
    if (parseRoleName(name) !== null && liveIds(readRecord(tags, now), now).length > 0) granting.push(name);
  if (granting.length === 0) return;
  throw new CliError(
    `nothing was removed: access is still granted by ${some(granting)}; revoke it first, since nobody could afterwards`,
  );
}

const some = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;

async function write(steps: readonly Step[]): Promise<void> {
  const spinner = progress('', terminal(process.stderr));
  try {
    await applyPlan(steps, (step, index) =>
      spinner.say(`${index + 1} of ${steps.length}: ${step.operation} ${step.target}`),
    );
  } finally {
    spinner.stop();
  }
}

/** The steps of one account. */
interface Shown extends Pick<Written, 'steps'> {
  readonly site: Pick<Site, 'accountId'>;
}

/** What is to be done, or was, in words for people. */
export function show(
  found: readonly Shown[],
  { dryRun, remove }: BootstrapOptions,
  { colors }: Pick<Terminal, 'colors'>,
): string {
  const count = found.reduce((sum, { steps }) => sum + steps.length, 0);
  if (count === 0)
    return remove === true
      ? 'nothing to remove: there is nothing that bootstrap made'
      : 'nothing to do: everything is as it must be';
  const mark = remove === true ? colors.red('-') : colors.green('+');
  const blocks = found
    .filter(({ steps }) => steps.length > 0)
    .map(({ site, steps }) =>
      [
        `account ${site.accountId}`,
        ...steps.map(
          ({ operation, target, reason }) => `  ${mark} ${operation} ${target}  ${colors.dim(reason)}`,
        ),
      ].join('\n'),
    );
  const changes = count === 1 ? '1 change' : `${count} changes`;
  const end = dryRun === true ? `${changes} to make; nothing was written` : `${changes} made`;
  return [...blocks, end].join('\n');
}
