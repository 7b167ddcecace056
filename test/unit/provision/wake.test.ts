import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wakeVerify } from '../../../functions/provision/wake.ts';
import { TestClock } from '../../kit/clock.ts';
import { contextOf, invocationOf } from '../../kit/invocation.ts';
import { standIn } from '../alicloud/stand-in.ts';

/** The one call that has an instance of verify start: a record of no request and of no outcomes. */
const clock = new TestClock();
const invocationWith = (left: number) =>
  invocationOf(contextOf('provision', 120), left, { clock, payload: '{}' });
let lines: unknown[];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('is made to the function of this account and region', async () => {
  const { url, seen } = await standIn({ status: 202 });
  vi.stubEnv('CLOUD_ENDPOINT', url);
  await wakeVerify(invocationWith(60_000));
  expect(seen.map((one) => `${one.method} ${one.url.pathname}`)).toEqual([
    'POST /2023-03-30/functions/dms-handshake-verify/invocations',
  ]);
  expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
    requestContext: { requestId: 'call-1' },
    requestPayload: '',
    responsePayload: '[]',
  });
  expect(JSON.stringify(seen[0]?.headers)).not.toContain('undefined');
  expect(lines).toEqual([]);
});

it('is not made when the invocation has no time left, and the log says so', async () => {
  const { url, seen } = await standIn({ status: 202 });
  vi.stubEnv('CLOUD_ENDPOINT', url);
  await wakeVerify(invocationWith(0));
  expect(seen).toEqual([]);
  expect(lines).toEqual([{ event: 'verify-not-woken', detail: expect.stringContaining('InvokeFunction') }]);
});
