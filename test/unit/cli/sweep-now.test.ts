import { expect, it } from 'vitest';
import { invokeSweep } from '../../../cli/sweep/sweep-now.ts';
import { failureIn } from '../../../client/explain.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TestClock } from '../../kit/clock.ts';
import { json, type Say, standIn } from '../alicloud/stand-in.ts';

/** A sweep where Function Compute answers like this; what it was asked. */
async function sweepWith(answer: Say) {
  const { url, seen } = await standIn(answer);
  const keys = { accessKeyId: 'id', accessKeySecret: 'secret' };
  const swept = invokeSweep({
    ...{ clock: new TestClock(), region: 'cn-hangzhou', accountId: '2', ownerUid: '2', local: null },
    credentials: new Credentials(keys, millis(Number.MAX_SAFE_INTEGER)),
    endpoint: url,
  });
  return { swept, seen };
}

const FIGURES = {
  ...{ roles: 1, failed: 0, unjudged: 0, trouble: null, unmanaged: 0, gone: 0, policies: 1, asked: 0 },
  ...{ changed: 0, notices: 0, unconfirmed: 0, narrowed: 0, unread: null, repairable: 0, repairs: 0 },
  ...{ refused: false, after: null },
};

it('gives verify the event of its timer, of now', async () => {
  const { swept, seen } = await sweepWith(json(200, FIGURES));
  expect(await swept).toEqual(FIGURES);
  expect(seen.map(({ url, body }) => [url.pathname, JSON.parse(body)])).toEqual([
    [
      '/2023-03-30/functions/dms-handshake-verify/invocations',
      { triggerTime: '2026-11-23T10:00:00.000Z', triggerName: 'sweep', payload: 'sweep' },
    ],
  ]);
});

const thrown = { 'x-fc-error-type': 'UnhandledInvocationError' };
const error = (Code: string) => ({ Code, Message: 'x', RequestId: 'r' });

it.each([
  ['throws', json(200, { errorMessage: 'no luck' }, thrown), 'dms-handshake-verify failed: no luck'],
  [
    'breaks off',
    json(500, error('InternalServerError')),
    'Function Compute InvokeFunction dms-handshake-verify: InternalServerError (HTTP 500), request id r',
  ],
])('says where verify %s that the sweep may have run', async (_what, answer, words) => {
  const { swept } = await sweepWith(answer);
  await expect(swept).rejects.toMatchObject({
    exitCode: 1,
    cause: expect.any(Error),
    message: `${words}; the sweep may have run, in part or whole: "npx dms-handshake list" shows the verdicts, and a second sweep does no harm`,
  });
});

it.each([
  [403, 'AccessDenied'],
  [404, 'FunctionNotFound'],
])('says only what is wrong where nothing can have run: %d %s', async (status, code) => {
  const { swept } = await sweepWith(json(status, error(code)));
  const thrown: unknown = await swept.catch((one: unknown) => one);
  expect(failureIn(thrown)?.failure).toMatchObject({ status, code });
  expect(String(thrown)).not.toContain('the sweep may have run');
});
