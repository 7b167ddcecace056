import type { Check } from '../../events/check.ts';
import type { DoctorReport } from '../../events/report.ts';
import { clockSkew } from '../../shared/alicloud/clock-skew.ts';
import { ramHost } from '../../shared/alicloud/hosts.ts';
import { EXIT } from '../failure.ts';
import { type CloudOptions, localWords } from '../options.ts';
import { connect, type Side, type Site } from '../site.ts';
import { progress } from '../ui/progress.ts';
import { terminal } from '../ui/terminal.ts';
import { examined, fail, pass, skip } from './finding.ts';
import { hostChecks } from './hosts.ts';
import { ownerChecks } from './owner.ts';
import { arrivedProof, sentProofs } from './proof.ts';
import { requesterChecks } from './requester.ts';
import { type Shown, summary } from './summary.ts';

export interface DoctorOptions extends CloudOptions, Shown {
  readonly side?: Side;
  readonly prove?: true;
  readonly live?: true;
  /** UID of account A, for `live` without keys of it. */
  readonly requester?: string;
}

/** Signatures are accepted for 15 minutes either way; an hour of drift a week is what fails first. */
const SKEW_LIMIT_MS = 5 * 60_000;

export async function doctor(options: DoctorOptions): Promise<void> {
  const sides: readonly Side[] =
    options.side !== undefined ? [options.side] : options.local === true ? ['owner', 'requester'] : ['owner'];
  const spinner = progress('looking', terminal(process.stderr));
  const checks: Check[] = [];
  try {
    for (const side of sides) checks.push(...(await sideChecks(side, options, sides.length > 1)));
  } finally {
    spinner.stop();
  }
  const report: DoctorReport = { checks };
  process.stdout.write(
    `${options.json === true ? JSON.stringify(report) : summary(checks, options, terminal(process.stdout))}\n`,
  );
  process.exitCode = checks.some(({ status }) => status === 'fail') ? EXIT.failed : EXIT.done;
}

/** Without credentials of the right account there is nothing else to look at. */
async function sideChecks(side: Side, options: DoctorOptions, both: boolean): Promise<readonly Check[]> {
  const ids = both ? (id: string) => `${side}:${id}` : (id: string) => id;
  let site: Site | null = null;
  const first = await examined('credentials', async () => {
    site = await connect(side, options);
    return [pass('credentials', `accepted; account ${site.accountId}, region ${site.region}`)];
  });
  const rest =
    site === null
      ? [skip('everything-else', 'nothing can be looked at without credentials')]
      : await all(side, site, options);
  return [...first, ...rest].map((check) => ({ ...check, id: ids(check.id) }));
}

async function all(side: Side, site: Site, options: DoctorOptions): Promise<readonly Check[]> {
  const looks = side === 'owner' ? ownerChecks(site, localWords(options)) : requesterChecks(site);
  const hosts = examined('hosts', async () => hostChecks(side, site.region));
  const checks = (await Promise.all([clockChecks(site), hosts, ...looks])).flat();
  if (options.prove !== true) return checks;
  return [...checks, ...(await (side === 'owner' ? sentProofs(site) : arrivedProof(site)))];
}

async function clockChecks({ endpoint, clock }: Site): Promise<readonly Check[]> {
  const skew = await clockSkew(endpoint ?? `https://${ramHost()}`, clock);
  if (skew === null) return [skip('clock', 'no server said what time it is')];
  const seconds = Math.round(Math.abs(skew) / 1_000);
  return Math.abs(skew) <= SKEW_LIMIT_MS
    ? [pass('clock', seconds < 2 ? 'right' : `${seconds} s off; calls are refused from 900 s`)]
    : [
        fail(
          'clock',
          `${seconds} s off; calls are refused from 900 s`,
          'set the clock: sudo timedatectl set-ntp true',
        ),
      ];
}
