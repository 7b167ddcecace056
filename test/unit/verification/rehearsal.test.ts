import { expect, it, onTestFinished, vi } from 'vitest';
import { prepare, rehearse } from '../../../functions/verify/rehearsal.ts';
import { callsMade } from '../../../shared/alicloud/retry.ts';
import { readConfig } from '../../../shared/runtime/config.ts';
import type { Invocation } from '../../../shared/runtime/handler.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';

/** What a woken verify does before its first outcome: it proves a role that does not exist, and keeps that to itself. */

const clock = new TestClock();
const invocation: Invocation = {
  clock,
  deadline: millis(clock.now() + 60_000),
  attempt: 0,
  payload: '',
  context: {
    requestId: 'call-1',
    credentials: { accessKeyId: 'x', accessKeySecret: 'x', securityToken: 'x' },
    function: { name: 'dms-handshake-verify', timeout: 180 },
    region: 'cn-hangzhou',
    accountId: OWNER,
  },
};
const configWith = (over: Readonly<Record<string, string>>) =>
  readConfig({ OWNER_UID: OWNER, ...over }, 'cn-hangzhou');

it.each([
  ['assume', 'assumed'],
  ['structural', 'structural'],
])(
  'with PROBE=%s goes all the way to a reply, without a call and without a wait',
  async (probe, assurance) => {
    const [started, before] = [clock.now(), callsMade()];
    const reply = await rehearse(invocation, configWith({ PROBE: probe }));
    expect(reply?.data).toMatchObject({ status: 'verified', assurance, problem: null });
    expect(reply?.data.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect([clock.now() - started, callsMade() - before]).toEqual([0, 0]);
  },
);

it('what goes wrong in it fails nothing, and is logged', async () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const config = configWith({});
  const broken = {
    ...config,
    get ownerUid(): string {
      throw new Error('out of order');
    },
  };
  await prepare(invocation, broken);
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ event: 'not-prepared', detail: 'out of order' }]);
});
