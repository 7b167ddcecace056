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
    await quiet();
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

describe('over the limit of concurrency', () => {
  /** A function that runs until the test lets it go, one instance of it. */
  const busy = `
    exports.handler = async (event) => {
      process.stdout.write(event.toString() + '\\n');
      if (event.toString() === 'long') await new Promise(() => {});
      return '';
    };`;
  const one = { timeout: 86_400, concurrencyConfig: { reservedConcurrency: 1 } };

  it('an event tries again after 0.5, 1, 2, 4, 8 s: it is not told when an instance is free', async () => {
    const b = bench();
    await b.deploy({ f: { source: busy, props: { ...one, timeout: 3 } } });
    await b.send('f', 'long');
    await b.send('f', 'second');
    await b.clock.advance(3_000);
    // The instance is free after 3 s. The tries were at 0.5 and 1.5 s, and the next is at 3.5 s.
    expect(linesOf(b, 'f')).toEqual(['long']);
    await b.clock.advance(500);
    expect(linesOf(b, 'f').slice(0, 2)).toEqual(['long', 'second']);
  });

  it('an event that came later may be served first', async () => {
    const b = bench();
    await b.deploy({
      f: { source: busy, props: { ...one, timeout: 4, asyncInvokeConfig: { maxAsyncRetryAttempts: 0 } } },
    });
    await b.send('f', 'long');
    await b.send('f', 'early');
    await b.clock.advance(4_100);
    await b.send('f', 'late');
    await b.clock.advance(10_000);
    expect(linesOf(b, 'f')).toEqual(['long', 'late', 'early']);
  });

  it('100 events that came together are all served, unless the platform spreads no pauses', async () => {
    const served = async (spread: number) => {
      const b = bench({}, { platform: { spread } });
      await b.deploy({ f: { source: busy, props: one } });
      for (let event = 0; event < 100; event += 1) await b.send('f', String(event));
      await b.clock.advance(5 * 3_600_000);
      return new Set(linesOf(b, 'f')).size;
    };
    expect(await served(0.5)).toBe(100);
    // Every event tries at the same 16 instants.
    expect(await served(0)).toBeLessThan(100);
  });

  it('an event is given up after 5 hours, with a code for it and without an attempt', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction']);
    const asyncInvokeConfig = { maxAsyncEventAgeInSeconds: 86_400, ...onto(functionArn('sink')) };
    await b.deploy({
      f: { source: busy, props: { ...one, role, asyncInvokeConfig } },
      sink: { source: sink },
    });
    await b.send('f', 'long');
    await b.send('f', 'never');
    expect(b.host.metrics(OWNER, 'f').backlog).toBe(2);
    await b.clock.advance(5 * 3_600_000);
    expect(linesOf(b, 'f')).toEqual(['long']);
    expect(JSON.parse(linesOf(b, 'sink')[0] ?? '')).toMatchObject({
      requestContext: { condition: 'FunctionResourceExhausted', approximateInvokeCount: 0 },
      requestPayload: 'never',
      responseContext: { statusCode: 429, functionError: '' },
    });
    expect(b.host.metrics(OWNER, 'f').backlog).toBe(1);
  });

  it('an event that may not become so old is given up before', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction']);
    const asyncInvokeConfig = { maxAsyncEventAgeInSeconds: 60, ...onto(functionArn('sink')) };
    await b.deploy({
      f: { source: busy, props: { ...one, role, asyncInvokeConfig } },
      sink: { source: sink },
    });
    await b.send('f', 'long');
    await b.send('f', 'never');
    await b.clock.advance(64_000);
    expect(JSON.parse(linesOf(b, 'sink')[0] ?? '').requestContext.condition).toBe('EventAgeExceeded');
  });
});

describe('failures of the platform itself', () => {
  const failing = async (retried: boolean | undefined, seed = 1) => {
    const b = bench({}, { seed, platform: { failures: 1, ...(retried === undefined ? {} : { retried }) } });
    const role = b.role('sender', ['mns:SendMessage']);
    const queue = createQueue(b.world, b.account, 'dead');
    const destination = `acs:mns:${REGION}:${OWNER}:/queues/dead/messages`;
    await b.deploy({
      f: {
        source: flaky,
        props: { role, asyncInvokeConfig: { destinationConfig: { onFailure: { destination } } } },
      },
    });
    return { ...b, queue };
  };

  it('are given up at once where the platform does not retry them', async () => {
    const b = await failing(false);
    await b.send('f', '{"after":0}');
    await quiet();
    const [record] = b.queue.messages.map(({ body }) => JSON.parse(body));
    expect(record).toMatchObject({
      requestContext: { condition: 'InternalServerError', approximateInvokeCount: 1 },
      responseContext: { statusCode: 500, functionError: 'InternalServerError' },
    });
  });

  it('are retried where it does, and are no attempts of the function', async () => {
    const b = await failing(true);
    await b.send('f', '{"after":0}');
    await b.clock.advance(60_000);
    expect(b.queue.messages).toEqual([]);
    b.world.weather.platform = { ...b.world.weather.platform, fails: () => false };
    await b.clock.advance(60_000);
    expect(linesOf(b, 'f')).toEqual(['attempt 0']);
  });

  it('are retried by some seeds and not by others', () => {
    const drawn = Array.from({ length: 20 }, (_, seed) => bench({}, { seed }).world.weather.platform.retried);
    expect(new Set(drawn)).toEqual(new Set([true, false]));
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
      requestContext: { condition: 'InvocationError', approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, functionError: 'InvocationError' },
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

  const toQueue = async (b: Bench) => {
    const queue = createQueue(b.world, b.account, 'dead');
    const role = b.role('sender', ['mns:SendMessage']);
    const destination = `acs:mns:${REGION}:${OWNER}:/queues/dead/messages`;
    await b.deploy({
      f: {
        source: `exports.handler = async (event) => '"'.repeat(Number(event));`,
        props: { role, asyncInvokeConfig: { destinationConfig: { onSuccess: { destination } } } },
      },
    });
    return queue;
  };

  it('a record over the limit of a queue is lost, its quotes counted as they are escaped', async () => {
    const b = bench();
    const queue = await toQueue(b);
    await b.send('f', '32000');
    await b.send('f', '33000');
    await b.host.idle();
    expect(queue.messages).toHaveLength(1);
    expect(b.host.undelivered).toMatchObject([
      { reason: expect.stringMatching(/^EntityTooLarge: the record has 66\d{3} bytes/) },
    ]);
    expect(b.host.metrics(OWNER, 'f').destinationErrors).toBe(1);
  });

  it('a record over 128 KB is lost for a function', async () => {
    const b = bench();
    const role = b.role('sender', ['fc:InvokeFunction']);
    const source = `exports.handler = async (event) => 'x'.repeat(128 * 1024);`;
    await b.deploy({
      f: { source, props: { role, asyncInvokeConfig: onto(functionArn('sink')) } },
      sink: { source: sink },
    });
    await b.send('f');
    await b.host.idle();
    expect(linesOf(b, 'sink')).toEqual([]);
    expect(b.host.undelivered).toMatchObject([{ reason: expect.stringMatching(/^EntityTooLarge/) }]);
  });

  it.each([
    ['unavailable', 29, 1],
    ['dropped', 29, 1],
    ['unavailable', 31, 0],
  ] as const)('a queue that is %s for %i minutes gets %i records', async (kind, minutes, arrived) => {
    const b = bench();
    const queue = await toQueue(b);
    const from = b.clock.now();
    b.world.weather.outages.push({ service: 'mns', from, until: from + minutes * 60_000, kind });
    await b.send('f', '1');
    await b.clock.advance(3_600_000);
    expect(queue.messages).toHaveLength(arrived);
    expect(b.host.undelivered).toHaveLength(1 - arrived);
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
