import { describe, expect, it } from 'vitest';
import { awaitClosed } from '../../../cli/owner/await-closed.ts';
import { closings } from '../../../cli/owner/closing.ts';
import type { RoleReport } from '../../../events/report.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { TestClock } from '../../kit/clock.ts';

const [CLOSING] = closings([{ access: 'register', requesterUid: '1' }], 'run');
const report = (status: RoleReport['status'], roleArn: string | null = 'arn'): RoleReport => ({
  roleArn,
  requesterUid: '1',
  access: 'register',
  status,
  assurance: 'assumed',
  grants: [],
  lastUsedOn: null,
  checks: status === 'failed' ? [{ id: 'trust-dms', status: 'fail', detail: '', fix: null }] : [],
});
const failure = (code: string, status: number) =>
  new CloudError({ what: 'x', code, status, requestId: null, retryAfterMs: null, denied: null });

/** What is found when the looks go like this, the last for ever; how many looks it took. */
async function waited(...looks: readonly (RoleReport | Error)[]) {
  const clock = new TestClock();
  const left = [...looks];
  let asked = 0;
  const ask = async () => {
    asked += 1;
    const now = left.length > 1 ? left.shift() : left[0];
    if (now instanceof Error) throw now;
    return { roles: now === undefined ? [] : [now], unjudged: [], total: 1, next: null };
  };
  const wanted = CLOSING === undefined ? [] : [CLOSING];
  const found = await awaitClosed(wanted, { clock, waitMs: 60_000, ask, say: () => undefined });
  return { status: found[0]?.status, checks: found[0]?.checks, asked };
}

describe('waiting for a role to be closed', () => {
  it('looks until it is, through faults on the way, looks that fail, and a role that is not made yet', async () => {
    const busy = failure('ServiceUnavailable', 503);
    expect(
      await waited(report('failed', null), report('verified'), busy, report('failed'), report('revoked')),
    ).toEqual({ status: 'closed', checks: [], asked: 5 });
  });

  it.each([
    ['verified', 'pending', []],
    ['failed', 'failed', ['trust-dms']],
  ] as const)('says what it is at the end: %s', async (found, status, checks) => {
    expect(await waited(report(found))).toMatchObject({ status, checks });
  });

  it('throws where no look succeeded, and at once where none can', async () => {
    await expect(waited(failure('ServiceUnavailable', 503))).rejects.toThrow('ServiceUnavailable');
    await expect(waited(failure('AccessDenied', 403), report('revoked'))).rejects.toThrow('AccessDenied');
  });
});
