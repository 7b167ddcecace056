import { describe, expect, it, onTestFinished } from 'vitest';
import { createQueue } from '../../../../local/cloud/mns/index.ts';
import { quiet } from '../../../../local/testing/virtual-clock.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { type Bench, bench, REGION } from './setup.ts';

/** Never ends; the second call of an instance answers its count and its key. */
const waiting = `
  let count = 0;
  exports.handler = async (event, context) => {
    count += 1;
    if (event.toString() === 'wait') {
      process.stdout.write(context.credentials.accessKeyId + '\\n');
      await new Promise(() => {});
    }
    return { count, key: context.credentials.accessKeyId };
  };`;

const failing = `
  exports.handler = async (event, context) => {
    process.stdout.write('attempt ' + context.retryCount + '\\n');
    throw new Error('no');
  };`;

const event = (payload: string) => ({ accountId: OWNER, functionName: 'f', payload: Buffer.from(payload) });
const linesOf = ({ host }: Bench): readonly string[] => host.logs.map(({ line }) => line);

/** What came to the queue that failures are sent to, and the props that have them sent there. */
function dead(b: Bench) {
  const queue = createQueue(b.world, b.account, 'dead');
  const destination = `acs:mns:${REGION}:${OWNER}:/queues/dead/messages`;
  return {
    asyncInvokeConfig: { maxAsyncRetryAttempts: 3, destinationConfig: { onFailure: { destination } } },
    records: () => queue.messages.map(({ body }) => JSON.parse(body)),
  };
}

describe('a call whose sender has gone', () => {
  it.each([
    ['with', 'a role'],
    ['without', 'a role'],
  ])('%s %s ends at once, and so does its instance', async (has) => {
    const b = bench();
    const role = has === 'with' ? { role: b.role('runner') } : {};
    const concurrencyConfig = { reservedConcurrency: 1 };
    await b.deploy({ f: { source: waiting, props: { ...role, concurrencyConfig } } });
    const stop = new AbortController();
    const call = b.host.invoke(event('wait'), undefined, stop.signal);
    await quiet();
    stop.abort();
    expect(JSON.parse((await call).body.toString())).toEqual({
      errorMessage: 'Process exited unexpectedly before completing request',
    });
    expect(b.clock.sleeping).toBe(0);
    expect((await b.call('f')).json()['count']).toBe(1);
  });

  it('after the answer changes nothing', async () => {
    const b = bench();
    await b.deploy({ f: { source: waiting, props: { role: b.role('runner') } } });
    const stop = new AbortController();
    const { body } = await b.host.invoke(event(''), undefined, stop.signal);
    const { key } = JSON.parse(body.toString());
    stop.abort();
    expect((await b.call('f')).json()).toEqual({ count: 2, key });
    expect(b.world.weather.isDead(key)).toBe(false);
  });
});

it('an instance whose keys die while it runs is heard of no more', async () => {
  const b = bench();
  const source = `
    let count = 0;
    exports.handler = async (event, context) => {
      const key = context.credentials.accessKeyId;
      if (event.toString() === 'die') globalThis.killKey(key);
      return { count: ++count, key };
    };`;
  Object.assign(globalThis, { killKey: (key: string) => b.world.weather.kill(key) });
  await b.deploy({ f: { source, props: { role: b.role('runner') } } });
  const { key } = (await b.call('f')).json();
  const died = await b.call('f', 'die');
  expect(died.errorType).toBe('UnhandledInvocationError');
  expect(died.json()).toEqual({ errorMessage: 'Process exited unexpectedly before completing request' });
  const next = (await b.call('f')).json();
  expect(next['count']).toBe(1);
  expect(next['key']).not.toBe(key);
});

describe('what the platform refuses', () => {
  it('for its own failure has the status and the words of one', async () => {
    const b = bench({}, { platform: { failures: 1 } });
    await b.deploy({ f: { source: waiting } });
    await expect(b.call('f')).rejects.toMatchObject({
      status: 500,
      code: 'InternalServerError',
      message: 'an internal error has occurred, please retry',
    });
  });

  it('over the limit of concurrency names the function', async () => {
    const b = bench();
    await b.deploy({ f: { source: waiting, props: { concurrencyConfig: { reservedConcurrency: 1 } } } });
    const stop = new AbortController();
    const first = b.host.invoke(event('wait'), undefined, stop.signal);
    await quiet();
    await expect(b.call('f')).rejects.toMatchObject({
      status: 429,
      code: 'ResourceThrottled',
      message: "the concurrency limit of function 'f' has been reached",
    });
    stop.abort();
    await first;
  });

  it('goes into the record of an event with its code, its status and its words', async () => {
    const b = bench();
    const { asyncInvokeConfig } = dead(b);
    const role = b.role('other', [], '*', 'ecs.aliyuncs.com');
    await b.deploy({ f: { source: waiting, props: { role, asyncInvokeConfig } } });
    await b.send('f');
    await b.clock.during(b.host.idle());
    const [lost] = b.host.undelivered;
    expect(lost?.record.responseContext).toEqual({ statusCode: 403, functionError: 'AccessDenied' });
    expect(JSON.parse(lost?.record.responsePayload ?? '')).toEqual({
      errorMessage: `Function Compute cannot assume ${role} for f (NoPermission: You are not authorized to do this action. You should be authorized by RAM.)`,
    });
  });
});

describe('code that cannot be unpacked', () => {
  const without = async (b: Bench, props: Readonly<Record<string, unknown>>) => {
    await b.deploy({ f: { source: waiting, props } });
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = '/nowhere';
    onTestFinished(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    });
  };

  it('fails a call, with its reason', async () => {
    const b = bench();
    await without(b, {});
    await expect(b.call('f')).rejects.toThrow(/^ENOENT: .*\/nowhere\//);
  });

  it('is a failure of the platform for an event', async () => {
    const b = bench({}, { platform: { retried: false } });
    const { asyncInvokeConfig, records } = dead(b);
    await without(b, { asyncInvokeConfig, role: b.role('sender', ['mns:SendMessage']) });
    await b.send('f');
    await b.host.idle();
    const [record] = records();
    expect(record).toMatchObject({
      requestContext: { condition: 'InternalServerError' },
      responseContext: { statusCode: 500, functionError: 'InternalServerError' },
    });
    expect(JSON.parse(record.responsePayload)).toEqual({
      errorMessage: expect.stringMatching(/^Error: ENOENT: .*\/nowhere\//),
    });
  });
});

it('what is sent for a function is sent under one session, until its role is another', async () => {
  const b = bench();
  const deploy = (role: string) => b.deploy({ f: { source: waiting, props: { role: b.role(role) } } });
  await deploy('first');
  const fn = b.host.find(OWNER, 'f');
  const caller = fn.session.caller();
  expect(caller?.principal).toMatchObject({ roleName: 'first', sessionName: 'f-' });
  expect(fn.session.caller()).toEqual(caller);
  await deploy('second');
  expect(fn.session.caller()?.principal).toMatchObject({ roleName: 'second' });
});

describe('a function that is deleted', () => {
  it('runs no event that waits for its retry, and nobody is told of it', async () => {
    const b = bench();
    const { asyncInvokeConfig, records } = dead(b);
    const role = b.role('sender', ['mns:SendMessage']);
    await b.deploy({ f: { source: failing, props: { role, asyncInvokeConfig } } });
    await b.send('f');
    await quiet();
    b.account.fc.remove(b.account.fc.function('f'));
    await b.clock.during(b.host.idle());
    expect(linesOf(b)).toEqual(['attempt 0']);
    expect(records()).toEqual([]);
    expect(b.host.undelivered).toEqual([]);
  });
});
