import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import { on } from '../../local/testing/stub.ts';
import { type Built, openBuilt, VERIFY } from '../chaos/built.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { sample } from '../kit/samples.ts';
import { MINUTE } from '../kit/time.ts';

/** A cold provision has verify start meanwhile. That costs one invocation, and says nothing to anybody. */

const grant = { requesterUid: REQUESTER, engines: ['redis'] };

let built: Built;
beforeEach(async () => {
  built = await openBuilt({});
});
afterEach(() => built.close());

async function ask(body: object) {
  built.publish(body);
  await built.settle();
  return built.everyReply();
}

const invocations = () => built.calls('fc').filter(({ operation }) => operation === 'InvokeFunction');

/** Who made the calls since the last look, by role. */
const callers = () =>
  built
    .calls()
    .map(({ caller }) => (caller?.principal.type === 'role' ? caller.principal.roleName : 'somebody'));

const failing = (error: ApiError) =>
  built.world.weather.faults.push({
    at: 'before',
    error,
    times: Number.POSITIVE_INFINITY,
    matches: ({ service, operation }) => service === 'fc' && operation === 'InvokeFunction',
  });

describe('the first event of an instance of provision', () => {
  it('has verify started, one time, before RAM is read; the outcome is answered once', async () => {
    const replies = await ask(grant);
    expect(replies.map(({ data }) => data.status)).toEqual(['verified']);
    expect(invocations()).toHaveLength(1);
    const [wake] = invocations();
    const reads = built.calls('ram').map(({ startedAt }) => startedAt);
    expect(wake?.startedAt).toBeLessThanOrEqual(Math.min(...reads));
    built.forgetSoFar();
    await ask(grant);
    expect(invocations()).toEqual([]);
  });

  it.each([
    ['refused', new ApiError(403, 'AccessDenied', 'the caller has no right')],
    ['broken', new ApiError(500, 'InternalServerError', 'an internal error has occurred, please retry')],
  ])('is answered all the same where that call is %s, and the log says so', async (_what, error) => {
    failing(error);
    const replies = await ask(grant);
    expect(replies.map(({ data }) => data.status)).toEqual(['verified']);
    expect(built.deadLetters()).toEqual([]);
    const lines = built.logs().filter(({ line }) => line.includes('"verify-not-woken"'));
    expect(lines).toHaveLength(1);
  });
});

/** Errors of which nobody took notice: Function Compute ends the instance then, whatever the event comes to. */
function strays(): readonly unknown[] {
  const seen: unknown[] = [];
  const note = (error: unknown) => void seen.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  return seen;
}

it('an event that fails while that call is on its way is given back with its own error alone', async () => {
  await built.close();
  built = await openBuilt({ environment: { REQUESTERS_FILE: resolve('package.json') } });
  const unnoticed = strays();
  on(built.world, 'fc', 'InvokeFunction').delays(MINUTE);
  const replies = await ask(grant);
  expect(unnoticed).toEqual([]);
  const [first, second] = built.logs().map(({ line }) => JSON.parse(line));
  expect([first.event, second.event]).toEqual(['verify-not-woken', 'invocation-failed']);
  expect(second.detail).toMatch(/^requesters\.json is refused/);
  expect(replies.map(({ data }) => [data.status, data.problem?.code])).toEqual([['failed', 'internal']]);
});

/** How many calls have been begun to where nobody listens, as an instance does that gets ready. */
function rehearsed(): () => number {
  let count = 0;
  const note = (message: unknown) => {
    const request = Reflect.get(Object(message), 'request');
    if (request instanceof ClientRequest && request.getHeader('host') === '127.0.0.1:0') count += 1;
  };
  subscribe('http.client.request.start', note);
  onTestFinished(() => void unsubscribe('http.client.request.start', note));
  return () => count;
}

describe('an event that wakes verify, from whoever may invoke it', () => {
  it.each([
    ['of nothing', ''],
    ['of a request', JSON.stringify({ ...sample('topic'), Message: JSON.stringify(grant) })],
  ])(
    '%s gets an instance ready one time; no call is made, no reply sent and nothing kept',
    async (_what, requestPayload) => {
      const payload = Buffer.from(
        JSON.stringify({ ...sample('destination-success'), requestPayload, responsePayload: '[]' }),
      );
      const event = { accountId: OWNER, functionName: VERIFY, payload };
      const begun = rehearsed();
      for (let time = 1; time <= 2; time += 1) {
        await built.host.enqueue(event);
        await built.settle();
        expect(begun()).toBe(2);
      }
      for (let n = 0; n < 20; n += 1) await built.host.enqueue(event);
      await built.settle();
      expect(callers()).toEqual([]);
      expect([built.everyReply(), built.deadLetters(), built.logs()]).toEqual([[], [], []]);
      expect((await ask(grant)).map(({ data }) => data.status)).toEqual(['verified']);
    },
  );
});
