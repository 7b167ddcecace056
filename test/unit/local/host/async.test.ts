import { describe, expect, it } from 'vitest';
import { createQueue } from '../../../../local/cloud/mns/index.ts';
import { retryDelay } from '../../../../local/host/async-queue.ts';
import { quiet } from '../../../../local/testing/virtual-clock.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { type Bench, bench, functionArn, REGION } from './setup.ts';

/** Fails until its attempt number is the payload's `after`. Logs `attempt <n>` raw. */
const flaky = `
  exports.handler = async (event, context) => {
    process.stdout.write('attempt ' + context.retryCount + '\\n');
    if (context.retryCount < JSON.parse(event).after) throw new Error('not yet');
    return 'done';
  };`;

/** Keeps what it receives. */
const sink = `
  exports.handler = async (event) => { process.stdout.write(event.toString() + '\\n'); return ''; };`;

const linesOf = (b: Bench, name: string): string[] =>
  b.host.logs.filter((l) => l.functionName === name).map((l) => l.line);

const onto = (success: string, failure = success): object => ({
  destinationConfig: { onSuccess: { destination: success }, onFailure: { destination: failure } },
});

describe('retries', () => {
  it('a failed event is tried again after 0.5 s, 1 s, 2 s, under the same request id', async () => {
    const b = bench();
    await b.deploy({ f: { source: flaky } });
    const requestId = await b.send('f', '{"after":3}');
    const seen: number[] = [];
    for (const wait of [0, 499, 1, 999, 1, 1999, 1]) {
      await b.clock.advance(wait);
      seen.push(linesOf(b, 'f').length);
    }
    expect(seen).toEqual([1, 1, 2, 2, 3, 3, 4]);
    expect(linesOf(b, 'f')).toEqual(['attempt 0', 'attempt 1', 'attempt 2', 'attempt 3']);
    expect(new Set(b.host.logs.map((l) => l.requestId))).toEqual(new Set([requestId]));
  });

  it('the wait doubles', () => {
    expect([1, 2, 3, 8].map(retryDelay)).toEqual([500, 1000, 2000, 64_000]);
  });

  it.each([0, 2, 8])('with maxAsyncRetryAttempts %i it is given up after that many more', async (max) => {
    const b = bench();
    await b.deploy({ f: { source: flaky, props: { asyncInvokeConfig: { maxAsyncRetryAttempts: max } } } });
    await b.send('f', '{"after":99}');
    await b.clock.advance(3_600_000);
    expect(linesOf(b, 'f')).toHaveLength(max + 1);
  });

  it('a timeout and an exit are tried again like a throw', async () => {
    const b = bench();
    const source = `
      exports.handler = async (event, context) => {
        process.stdout.write('attempt ' + context.retryCount + '\\n');
        if (context.retryCount === 0) await new Promise(() => {});
        if (context.retryCount === 1) process.exit(1);
        return '';
      };`;
    await b.deploy({ f: { source, props: { timeout: 3 } } });
    await b.send('f');
    await b.clock.advance(60_000);
    expect(linesOf(b, 'f')).toEqual(['attempt 0', 'attempt 1', 'attempt 2']);
  });

  it('an event that waits for its retry leaves the instance to others', async () => {
    const b = bench();
    await b.deploy({ f: { source: flaky, props: { concurrencyConfig: { reservedConcurrency: 1 } } } });
    await b.send('f', '{"after":1}');
    await b.send('f', '{"after":0}');
    await quiet();
    expect(linesOf(b, 'f')).toEqual(['attempt 0', 'attempt 0']);
  });

  it('idle waits for retries on the clock', async () => {
    const b = bench();
    await b.deploy({ f: { source: flaky } });
    await b.send('f', '{"after":1}');
    let idle = false;
    const waiting = b.host.idle().then(() => {
      idle = true;
    });
    await b.clock.advance(499);
    expect(idle).toBe(false);
    await b.clock.advance(1);
    await waiting;
    expect(linesOf(b, 'f')).toEqual(['attempt 0', 'attempt 1']);
  });
});

describe('destinations', () => {
  it('a success goes to onSuccess, with both payloads', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction'], functionArn('sink'));
    const asyncInvokeConfig = onto(`acs:fc:${REGION}::functions/sink`);
    await b.deploy({ f: { source: flaky, props: { role, asyncInvokeConfig } }, sink: { source: sink } });
    const requestId = await b.send('f', '{"after":1}');
    await b.clock.advance(500);
    await b.host.idle();
    expect(linesOf(b, 'sink').map((l) => JSON.parse(l))).toEqual([
      {
        timestamp: b.clock.now(),
        requestContext: {
          requestId,
          functionArn: functionArn('f'),
          condition: '',
          approximateInvokeCount: 2,
        },
        requestPayload: '{"after":1}',
        responseContext: { statusCode: 200, functionError: '' },
        responsePayload: 'done',
      },
    ]);
    expect(b.host.undelivered).toEqual([]);
  });

  it('an exhausted failure goes to the queue of onFailure, once', async () => {
    const b = bench();
    const queue = createQueue(b.world, b.account, 'dead');
    const role = b.role('sender', ['mns:SendMessage'], `acs:mns:${REGION}:${OWNER}:/queues/dead/messages`);
    const asyncInvokeConfig = {
      maxAsyncRetryAttempts: 1,
      destinationConfig: {
        onFailure: { destination: `acs:mns:${REGION}:${OWNER}:/queues/dead/messages` },
      },
    };
    await b.deploy({ f: { source: flaky, props: { role, asyncInvokeConfig } } });
    await b.send('f', '{"after":99}');
    await b.clock.advance(499);
    expect(queue.counts().active).toBe(0);
    await b.clock.advance(60_000);
    await b.host.idle();
    expect(queue.counts().active).toBe(1);
    expect(b.host.undelivered).toEqual([]);
    expect(linesOf(b, 'f')).toEqual(['attempt 0', 'attempt 1']);
  });

  it('the record of a failure names the error type and carries its JSON', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction']);
    const asyncInvokeConfig = { maxAsyncRetryAttempts: 0, ...onto(functionArn('sink')) };
    await b.deploy({ f: { source: flaky, props: { role, asyncInvokeConfig } }, sink: { source: sink } });
    await b.send('f', '{"after":99}');
    await b.host.idle();
    const record = JSON.parse(linesOf(b, 'sink')[0] ?? '');
    expect(record).toMatchObject({
      requestContext: { condition: 'UnhandledInvocationError', approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, functionError: 'UnhandledInvocationError' },
    });
    expect(JSON.parse(record.responsePayload)).toMatchObject({ errorMessage: 'not yet', errorType: 'Error' });
  });

  it('an event that became too old is not tried again and goes to onFailure', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction']);
    const asyncInvokeConfig = { maxAsyncEventAgeInSeconds: 2, ...onto(functionArn('sink')) };
    await b.deploy({ f: { source: flaky, props: { role, asyncInvokeConfig } }, sink: { source: sink } });
    await b.send('f', '{"after":99}');
    await b.clock.advance(60_000);
    await b.host.idle();
    // Attempts at 0 s, 0.5 s and 1.5 s; the next would be at 3.5 s.
    expect(linesOf(b, 'f')).toEqual(['attempt 0', 'attempt 1', 'attempt 2']);
    expect(JSON.parse(linesOf(b, 'sink')[0] ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 3 },
    });
  });

  it('a synchronous call fires none', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction']);
    const asyncInvokeConfig = onto(functionArn('sink'));
    await b.deploy({ f: { source: flaky, props: { role, asyncInvokeConfig } }, sink: { source: sink } });
    await b.call('f', '{"after":0}');
    await b.host.idle();
    expect(linesOf(b, 'sink')).toEqual([]);
  });

  const refusals: [string, (b: Bench) => string | undefined, string, RegExp][] = [
    ['a role without the permission', (b) => b.role('weak'), functionArn('sink'), /^NoPermission/],
    [
      'a permission on another function',
      (b) => b.role('other', ['fc:InvokeFunction'], functionArn('f')),
      functionArn('sink'),
      /^NoPermission/,
    ],
    ['no role', () => undefined, functionArn('sink'), /no role/],
    ['an unknown function', (b) => b.role('any', ['fc:*']), functionArn('nobody'), /^FunctionNotFound/],
    [
      'an unknown queue',
      (b) => b.role('any', ['mns:*']),
      `acs:mns:${REGION}::/queues/nowhere/messages`,
      /QueueNotExist/,
    ],
    [
      'another account',
      (b) => b.role('any', ['*']),
      `acs:fc:${REGION}:1000000000000001:functions/sink`,
      /account and the region/,
    ],
  ];
  it.each(refusals)('refused for %s: logged and kept, not dropped', async (_name, makeRole, arn, reason) => {
    const b = bench();
    const role = makeRole(b);
    const props = { asyncInvokeConfig: onto(arn), ...(role === undefined ? {} : { role }) };
    await b.deploy({ f: { source: flaky, props }, sink: { source: sink } });
    const requestId = await b.send('f', '{"after":0}');
    await b.host.idle();
    expect(linesOf(b, 'sink')).toEqual([]);
    expect(b.host.undelivered).toEqual([
      {
        functionName: 'f',
        destination: arn,
        reason: expect.stringMatching(reason),
        record: expect.objectContaining({ responsePayload: 'done' }),
      },
    ]);
    const line = b.host.logs.find((l) => l.line.startsWith('[platform]'));
    expect(line).toMatchObject({ functionName: 'f', requestId });
  });

  it('a role that cannot be assumed is a failure of the platform', async () => {
    const b = bench();
    const asyncInvokeConfig = { maxAsyncRetryAttempts: 0, ...onto(functionArn('f')) };
    await b.deploy({ f: { source: flaky, props: { role: 'missing', asyncInvokeConfig } } });
    await b.send('f', '{"after":0}');
    await b.host.idle();
    expect(b.host.undelivered[0]).toMatchObject({
      record: { responseContext: { statusCode: 403, functionError: 'AccessDenied' } },
    });
  });
});

describe('limits and unknown functions', () => {
  it('an asynchronous event over 128 KB is refused', async () => {
    const b = bench();
    await b.deploy({ f: { source: sink } });
    await b.send('f', 'x'.repeat(128 * 1024));
    await expect(b.send('f', 'x'.repeat(128 * 1024 + 1))).rejects.toMatchObject({
      status: 400,
      code: 'EntityTooLarge',
    });
    await b.host.idle();
  });

  it('a function that is not there is FunctionNotFound', async () => {
    const b = bench();
    await expect(b.send('f')).rejects.toMatchObject({ status: 404, code: 'FunctionNotFound' });
    await expect(b.call('f')).rejects.toMatchObject({ status: 404, code: 'FunctionNotFound' });
  });
});
