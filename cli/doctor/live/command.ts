import type { DoctorReport } from '../../../events/report.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { sts } from '../../../shared/alicloud/sts.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { EXIT, usageError } from '../../failure.ts';
import { checkTable } from '../../show-reply.ts';
import { apiOf, connect, type Site } from '../../site.ts';
import { progress } from '../../ui/progress.ts';
import { terminal } from '../../ui/terminal.ts';
import type { DoctorOptions } from '../doctor.ts';
import { runLive } from './run.ts';
import type { LiveLog } from './step.ts';

/** How long RAM may take to show what was written, in ms. The local cloud shows it at once. */
const PATIENCE_MS = 90_000;
/** Exit status of what was ended by Ctrl-C. */
const INTERRUPTED = 130;

/** Keys of account A, beside those of account B that the vendor's chain finds. */
const KEYS = {
  id: 'REQUESTER_ACCESS_KEY_ID',
  secret: 'REQUESTER_ACCESS_KEY_SECRET',
  token: 'REQUESTER_SECURITY_TOKEN',
} as const;

/** `doctor --live`: sees on the cloud itself whether what the code believes about it holds. */
export async function live(options: DoctorOptions): Promise<void> {
  const owner = await connect('owner', options);
  const requester = options.local === true ? await connect('requester', options) : await requesterOf(owner);
  const requesterUid = requester?.accountId ?? options.requester;
  if (requesterUid === undefined)
    throw usageError(
      `--live works in two accounts: set ${KEYS.id} and ${KEYS.secret} to keys of account A, or name it with --requester and leave out what needs its keys`,
    );
  if (requesterUid === owner.accountId)
    throw usageError(`account A is ${requesterUid}, which is account B too: --live needs two accounts`);
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop);
  const spinner = progress('looking', terminal(process.stderr));
  try {
    const checks = await runLive({
      owner,
      requester,
      requesterUid,
      patienceMs: options.local === true ? 0 : PATIENCE_MS,
      signal: interrupt.signal,
      log: logOf(process.env),
      say: (what) => spinner.say(what),
    });
    spinner.stop();
    const report: DoctorReport = { checks: [...checks] };
    process.stdout.write(`${options.json === true ? JSON.stringify(report) : summary(report)}\n`);
    process.exitCode = interrupt.signal.aborted
      ? INTERRUPTED
      : checks.some(({ status }) => status === 'fail')
        ? EXIT.failed
        : EXIT.done;
  } finally {
    spinner.stop();
    process.off('SIGINT', stop);
  }
}

/** Account A by the keys in the environment; null without them. */
async function requesterOf(owner: Site): Promise<Site | null> {
  const { [KEYS.id]: accessKeyId, [KEYS.secret]: accessKeySecret, [KEYS.token]: securityToken } = process.env;
  if (accessKeyId === undefined && accessKeySecret === undefined) return null;
  if (!accessKeyId || !accessKeySecret)
    throw usageError(`${KEYS.id} and ${KEYS.secret} belong together, and one of them is not set`);
  const keys = { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
  const site = { ...owner, credentials: new Credentials(keys, millis(Number.MAX_SAFE_INTEGER)) };
  const accountId = await sts(apiOf(site), site.region).accountId();
  return { ...site, accountId, ownerUid: owner.accountId };
}

/** The log that a deployment with these variables writes to. */
function logOf({ LOG_PROJECT: project, LOG_STORE: logstore }: NodeJS.ProcessEnv): LiveLog | null {
  return project ? { project, logstore: logstore || 'dms-handshake' } : null;
}

function summary({ checks }: DoctorReport): string {
  const beliefs = checks.filter(({ id }) => id.startsWith('belief:'));
  const count = (status: string) => beliefs.filter((one) => one.status === status).length;
  return `${checkTable(checks, terminal(process.stdout))}\n\n${beliefs.length} beliefs: ${count('pass')} held, ${count('fail')} did not, ${count('skip')} were not told`;
}
