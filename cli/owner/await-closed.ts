import { failureIn } from '../../client/explain.ts';
import type { VerifyRequest } from '../../events/invocation.ts';
import type { InvocationAnswer } from '../../events/invocation-answer.ts';
import type { RoleReport } from '../../events/report.ts';
import { isDenied } from '../../shared/alicloud/errors.ts';
import type { Clock } from '../../shared/runtime/clock.ts';
import { pool } from '../../shared/runtime/pool.ts';
import type { Closed, Closing } from './closing.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
/** Roles that verify is asked about side by side. */
const SIDE_BY_SIDE = 4;

export interface Waiting {
  readonly clock: Clock;
  readonly waitMs: number;
  /** Invokes verify once. */
  readonly ask: (request: VerifyRequest) => Promise<InvocationAnswer>;
  /** Hears how many are closed, after every look. */
  readonly say: (closed: number, all: number) => void;
}

/**
 * Asks verify about every role until each is closed, at growing distances. A look that fails is made again while there is
 * time. Throws what the last look threw where it never succeeded, and at once where the right to look is missing.
 */
export async function awaitClosed(
  closings: readonly Closing[],
  waiting: Waiting,
): Promise<readonly Closed[]> {
  const { clock, waitMs, ask, say } = waiting;
  const until = clock.now() + waitMs;
  const found = new Map<string, Closed>();
  const isOver = ({ requestId }: Closing): boolean => found.get(requestId)?.status === 'closed';
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const open = closings.filter((closing) => !isOver(closing));
    let trouble: unknown = null;
    await pool(open, SIDE_BY_SIDE, async (closing) => {
      try {
        found.set(closing.requestId, await look(closing, ask));
      } catch (error) {
        const failure = failureIn(error)?.failure;
        if (failure !== undefined && isDenied(failure)) throw error;
        trouble ??= error;
      }
    });
    say(closings.filter(isOver).length, closings.length);
    const left = until - clock.now();
    if (left <= 0 && found.size < closings.length) throw trouble;
    if (left <= 0 || closings.every(isOver)) return closings.flatMap((one) => found.get(one.requestId) ?? []);
    await clock.sleep(Math.min(pause, left));
  }
}

async function look(closing: Closing, ask: Waiting['ask']): Promise<Closed> {
  const { requesterUid, access } = closing;
  const { roles } = await ask({ requesterUid, access });
  const report = roles.find((role) => role.access === access);
  return { ...closing, ...standing(report) };
}

function standing(report: RoleReport | undefined): Pick<Closed, 'roleArn' | 'status' | 'checks'> {
  if (report === undefined || report.roleArn === null) return { roleArn: null, status: 'absent', checks: [] };
  const { roleArn, status } = report;
  const checks = report.checks.filter((check) => check.status === 'fail').map(({ id }) => id);
  if (status === 'revoked') return { roleArn, status: 'closed', checks: [] };
  return { roleArn, status: status === 'failed' ? 'failed' : 'pending', checks };
}
