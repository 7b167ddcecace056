import { describe, expect, it } from 'vitest';
import { awaitClosed } from '../../../cli/owner/await-closed.ts';
import { closings } from '../../../cli/owner/closing.ts';
import type { VerifyRequest } from '../../../events/invocation.ts';
import type { RoleReport } from '../../../events/report.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { TestClock } from '../../kit/clock.ts';

const closingsOf = (...uids: readonly string[]) =>
  closings(
    uids.map((requesterUid) => ({ access: 'register', requesterUid })),
    'run',
  );
const CLOSING = { access: 'register', requesterUid: '1', requestId: 'run:register:1' };
const CHECKS: RoleReport['checks'] = [
  { id: 'trust-dms', status: 'fail', detail: '', fix: null },
  { id: 'ownership', status: 'pass', detail: '', fix: null },
];
const report = (status: RoleReport['status'], over: Partial<RoleReport> = {}): RoleReport => ({
  roleArn: 'arn',
  requesterUid: '1',
  access: 'register',
  status,
  assurance: 'assumed',
  grants: [],
  lastUsedOn: null,
  checks: status === 'verified' ? [] : CHECKS,
  ...over,
});
const failure = (code: string, status: number) =>
  new CloudError({ what: 'x', code, status, requestId: null, retryAfterMs: null, denied: null });

/** What is found where the looks at the role go like this, the last for ever, and how. */
async function waited(looks: readonly (RoleReport | Error | null)[], uids: readonly string[] = ['1']) {
  const clock = new TestClock();
  const left = [...looks];
  const asked: VerifyRequest[] = [];
  const said: (readonly [number, number])[] = [];
  const ask = async (request: VerifyRequest) => {
    asked.push(request);
    const now = left.length > 1 ? left.shift() : left[0];
    if (now instanceof Error) throw now;
    return { roles: now === null || now === undefined ? [] : [now], unjudged: [], total: 1, next: null };
  };
  const say = (closed: number, all: number) => void said.push([closed, all]);
  const found = await awaitClosed(closingsOf(...uids), { clock, waitMs: 60_000, ask, say });
  return { found, asked, said, waits: clock.waits };
}

describe('waiting for a role to be closed', () => {
  it('looks until it is, through faults on the way, looks that fail, and a role that is not made yet', async () => {
    const busy = failure('ServiceUnavailable', 503);
    const looks = [report('failed', { roleArn: null }), report('verified'), busy, new Error('no')];
    const { found, asked, said, waits } = await waited([...looks, report('failed'), report('revoked')]);
    expect(found).toEqual([{ ...CLOSING, roleArn: 'arn', status: 'closed', checks: [] }]);
    expect(asked).toEqual(Array(6).fill({ requesterUid: '1', access: 'register' }));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    expect(said).toEqual([...Array(5).fill([0, 1]), [1, 1]]);
  });

  it.each<[what: string, found: RoleReport | null, at: object]>([
    ['open', report('verified'), { roleArn: 'arn', status: 'pending', checks: [] }],
    ['wrong', report('failed'), { roleArn: 'arn', status: 'failed', checks: ['trust-dms'] }],
    ['not there', report('failed', { roleArn: null }), { roleArn: null, status: 'absent', checks: [] }],
    ['not reported', null, { roleArn: null, status: 'absent', checks: [] }],
    [
      'of the other access',
      report('revoked', { access: 'console' }),
      { roleArn: null, status: 'absent', checks: [] },
    ],
  ])('says at the end of its time that it is %s', async (_what, look, at) => {
    const { found, waits } = await waited([look]);
    expect(found).toEqual([{ ...CLOSING, ...at }]);
    expect(waits).toEqual([1_000, 2_000, 4_000, ...Array(6).fill(8_000), 5_000]);
  });

  it('asks about those alone that are not closed', async () => {
    const { found, asked, said } = await waited(
      [report('revoked'), report('verified'), report('revoked')],
      ['1', '2'],
    );
    expect(found.map(({ requesterUid, status }) => [requesterUid, status])).toEqual([
      ['1', 'closed'],
      ['2', 'closed'],
    ]);
    expect(asked.map(({ requesterUid }) => requesterUid)).toEqual(['1', '2', '2']);
    expect(said).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('goes on where its first look fails', async () => {
    const { found, waits } = await waited([failure('ServiceUnavailable', 503), report('revoked')]);
    expect([found.map(({ status }) => status), waits]).toEqual([['closed'], [1_000]]);
  });

  it('of none looks at nothing', async () => {
    expect(await waited([null], [])).toEqual({ found: [], asked: [], said: [[0, 0]], waits: [] });
  });

  it('throws where no look succeeded, and at once where none can', async () => {
    const [busy, denied] = [failure('ServiceUnavailable', 503), failure('AccessDenied', 403)];
    await expect(waited([busy])).rejects.toBe(busy);
    await expect(waited([report('revoked'), busy], ['1', '2'])).rejects.toBe(busy);
    await expect(waited([new Error('first'), busy, new Error('last')], ['1', '2'])).rejects.toThrow('last');
    await expect(waited([denied, report('revoked')])).rejects.toBe(denied);
  });
});
