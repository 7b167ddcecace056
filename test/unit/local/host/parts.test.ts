import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Activity } from '../../../../local/host/activity.ts';
import { failure, platformFailure, success } from '../../../../local/host/answer.ts';
import type { QueuedEvent, Verdict } from '../../../../local/host/async-queue.ts';
import { invocationContext } from '../../../../local/host/context.ts';
import { scheduleOf } from '../../../../local/host/cron.ts';
import { destinationRecord } from '../../../../local/host/destination-record.ts';
import { extended } from '../../../../local/host/extension.ts';
import { InstancePool } from '../../../../local/host/instance-pool.ts';
import { LineWriter } from '../../../../local/host/line-writer.ts';
import { LogBook } from '../../../../local/host/log-book.ts';
import { requireSize } from '../../../../local/host/payload-limits.ts';
import { requestIds } from '../../../../local/host/request-ids.ts';
import { runtimeConsole } from '../../../../local/host/runtime-console.ts';
import { timerEvent } from '../../../../local/host/timer-event.ts';
import { resolveVariables } from '../../../../local/host/variables.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { TestClock } from '../../../kit/clock.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const of = (expression: string): string => `\${${expression}}`;

describe('a variable of s.yaml', () => {
  const scope = {
    env: { NAME: 'value', EMPTY: '', NESTED: of('vars.region') },
    vars: { region: 'cn-hangzhou', size: 256, deep: { x: 'y' }, none: null, again: of('vars.region') },
    resources: { one: { props: { functionName: 'f', 'a-b_c': 1 } } },
    resource: 'one',
  };
  const resolved = (value: unknown, over: object = {}) => resolveVariables(value, { ...scope, ...over }, 'P');

  it.each<[text: unknown, value: unknown]>([
    ['plain', 'plain'],
    [7, 7],
    [null, null],
    [
      [of('vars.size'), 'x'],
      [256, 'x'],
    ],
    [{ a: of('vars.size') }, { a: 256 }],
    [of("env('NAME')"), 'value'],
    [of('env("NAME")'), 'value'],
    [of(" env( 'NAME' ) "), 'value'],
    [of("env('NAME', 'other')"), 'value'],
    [of("env('EMPTY', 'other')"), 'other'],
    [of('env(\'NONE\', "o t")'), 'o t'],
    [of("env('NONE','o t')"), 'o t'],
    [of("env('NONE', '')"), ''],
    [of("env('NONE', 7)"), 7],
    [of("env('NONE', true)"), true],
    [of("env('NONE', null)"), null],
    [of('vars.region'), 'cn-hangzhou'],
    [of('vars.deep'), { x: 'y' }],
    [of('vars.deep.x'), 'y'],
    [of('resources.one.props.functionName'), 'f'],
    [of('resources.one.props.a-b_c'), 1],
    [of('this.props.functionName'), 'f'],
    [of('this.name'), 'one'],
    [of('vars.again'), 'cn-hangzhou'],
    [of("env('NESTED')"), 'cn-hangzhou'],
    [`a-${of('vars.size')}-${of('this.name')}`, 'a-256-one'],
    [`a-${of(' vars.size ')}-${of("env('NONE', 'o t')")}`, 'a-256-o t'],
    [` ${of('vars.size')}`, ' 256'],
    [`${of('vars.size')}${of('vars.size')}`, '256256'],
  ])('%j stands for %j', (text, value) => {
    expect(resolved(text)).toEqual(value);
  });

  const unknown = (expression: string) =>
    `P: cannot resolve ${of(expression)}; known are env('NAME'), vars, resources, this`;
  it.each([
    [of('vars.nothing'), `P: ${of('vars.nothing')} not found`],
    [of('vars.none'), `P: ${of('vars.none')} not found`],
    [of('vars.none.x'), `P: ${of('vars.none.x')} not found`],
    [of('vars.region.x'), `P: ${of('vars.region.x')} not found`],
    [of('vars.toString'), `P: ${of('vars.toString')} not found`],
    [of('vars'), unknown('vars')],
    [of('vars.'), unknown('vars.')],
    [of('vars.a b'), unknown('vars.a b')],
    [of('xvars.region'), unknown('xvars.region')],
    [of("file('x')"), unknown("file('x')")],
    [of('env(\'NAME")'), unknown('env(\'NAME")')],
    [of("xenv('NAME')"), unknown("xenv('NAME')")],
    [of("env('NAME')x"), unknown("env('NAME')x")],
    [of("env('')"), unknown("env('')")],
    [of("env('NONE')"), `P: environment variable NONE is not set (${of("env('NONE')")} has no default)`],
    [of("env('NONE', x)"), 'P: the default x of env() is neither a quoted string nor a literal'],
    [of("env('NONE', 7'x')"), "P: the default 7'x' of env() is neither a quoted string nor a literal"],
    [of("env('NONE', 'x'7)"), "P: the default 'x'7 of env() is neither a quoted string nor a literal"],
    [of("env('NONE', 'x\")"), 'P: the default \'x" of env() is neither a quoted string nor a literal'],
  ])('%s is refused', (text, message) => {
    expect(() => resolved(text)).toThrow(message);
  });

  it('has its place named, also within a list', () => {
    expect(() => resolved({ a: [1, of('vars.nothing')] })).toThrow(`P.a[1]: ${of('vars.nothing')} not found`);
  });

  it('that leads further than is followed is refused, but in vars, where it may be resolved later', () => {
    const vars = { a: of('vars.b'), b: of('vars.c'), c: of('vars.d'), d: 'x' };
    const text = of('vars.a');
    expect(() => resolved(text, { vars })).toThrow(
      `P: "${text}" refers through more variables than Serverless Devs follows`,
    );
    expect(resolved(text, { vars, resource: null })).toBe(of('vars.c'));
  });

  it('is of no resource where it stands in vars, whatever a resource is called', () => {
    const over = { resource: null, resources: { null: { props: { x: 1 } } } };
    for (const text of [of('this.name'), of('this.props.x')])
      expect(() => resolved(text, over)).toThrow(`P: ${text} not found`);
  });
});

describe('an s.yaml that extends another', () => {
  it.each<[base: unknown, over: unknown, all: unknown]>([
    [{ a: 1, b: { c: 1, d: 2 } }, { b: { d: 3 } }, { a: 1, b: { c: 1, d: 3 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: { b: 1 } }, { a: null }, { a: null }],
    [{ a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
    [{ a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
    [{}, { x: 1 }, { x: 1 }],
    [1, { x: 1 }, { x: 1 }],
    [{ x: 1 }, 2, 2],
  ])('%j under %j is %j', (base, over, all) => {
    expect(extended(base, over)).toEqual(all);
  });
});

describe('a schedule', () => {
  const next = (expression: string) => {
    const at = scheduleOf(expression)(millis(NOON));
    return at === null ? null : new Date(at).toISOString();
  };
  it.each([
    ['@every 5s', '2026-11-23T12:00:05.000Z'],
    ['@every 10m', '2026-11-23T12:10:00.000Z'],
    ['@every 2h', '2026-11-23T14:00:00.000Z'],
    ['@every 1d', '2026-11-24T12:00:00.000Z'],
    ['0 30 12 * * *', '2026-11-23T12:30:00.000Z'],
    ['0 0 4 * * *', '2026-11-24T04:00:00.000Z'],
    ['CRON_TZ=Asia/Shanghai 0 0 4 * * *', '2026-11-23T20:00:00.000Z'],
    ['CRON_TZ=Asia/Shanghai   0 30 20 * * *', '2026-11-23T12:30:00.000Z'],
    ['0 0 0 30 2 *', null],
  ])('of %s is due next at %s', (expression, at) => {
    expect(next(expression)).toBe(at);
  });

  it.each([
    '@every 0m',
    '@every 5w',
    '@every m',
    'x@every 5m',
    '@every 5mx',
    '@every -5m',
    '@every five m',
    'soon',
    '',
    '0 4 * * *',
    '0 0 4 * * * 2027',
    '0 0 4 * * * CRON_TZ=UTC',
    'CRON_TZ=UTC',
    'CRON_TZ=Nowhere/No 0 0 4 * * *',
  ])('that cannot be read is refused: %j', (expression) => {
    expect(() => scheduleOf(expression)).toThrow(
      expect.objectContaining({ status: 400, code: 'InvalidArgument' }),
    );
  });

  it('is in UTC wherever the machine is', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(new Date(NOON).getHours()).toBe(21);
    expect(next('0 0 4 * * *')).toBe('2026-11-24T04:00:00.000Z');
  });

  it('that is refused is quoted', () => {
    expect(() => scheduleOf('@every 0m')).toThrow('@every 0m is no pause');
    expect(() => scheduleOf('soon')).toThrow(/^cronExpression "soon": ./);
  });

  it('fires with its time, its name and its payload', () => {
    const config = { cronExpression: '@every 5m', enable: true, payload: 'p' };
    const event = timerEvent(
      { triggerType: 'timer', triggerName: 't', triggerConfig: config } as Parameters<typeof timerEvent>[0],
      millis(NOON + 123),
    );
    expect(JSON.parse(event.toString())).toEqual({
      triggerTime: '2026-11-23T12:00:00Z',
      triggerName: 't',
      payload: 'p',
    });
  });
});

describe('what a function answered', () => {
  it.each<[value: unknown, body: string]>([
    [Buffer.from('b'), 'b'],
    [new Uint8Array([97]), 'a'],
    ['text', 'text'],
    [undefined, ''],
    [null, 'null'],
    [{ a: 1 }, '{"a":1}'],
    [7, '7'],
  ])('%j has the body %j', (value, body) => {
    const { body: made, errorType } = success(value);
    expect([made.toString(), errorType]).toEqual([body, null]);
  });

  it('that is an error has its message, its name and its stack without empty lines', () => {
    const error = Object.assign(new TypeError('no'), { stack: 'TypeError: no\n\n    at x\n' });
    const { body, errorType } = failure(error);
    expect(JSON.parse(body.toString())).toEqual({
      errorMessage: 'no',
      errorType: 'TypeError',
      stackTrace: ['TypeError: no', '    at x'],
    });
    expect(errorType).toBe('UnhandledInvocationError');
    const bare = Object.assign(new Error('no'), { stack: undefined });
    expect(JSON.parse(failure(bare).body.toString()).stackTrace).toEqual([]);
    expect(JSON.parse(failure('a text').body.toString())).toEqual({ errorMessage: 'a text' });
    expect(JSON.parse(platformFailure('late').body.toString())).toEqual({ errorMessage: 'late' });
  });
});

describe('the record of an event that is over', () => {
  const event: QueuedEvent = {
    requestId: 'r-1',
    payload: Buffer.from('in'),
    acceptedAt: millis(NOON),
  };
  const record = (verdict: Verdict) => destinationRecord('acs:fc:f', event, verdict, millis(NOON));
  const attempt = { statusCode: 200, body: Buffer.from('out'), errorType: null };
  const failed = { ...attempt, errorType: 'UnhandledInvocationError' };
  it.each<[verdict: Verdict, condition: string, functionError: string, statusCode: number, payload: string]>([
    [{ condition: 'Success', attempt, attempts: 1 }, '', '', 200, 'out'],
    [{ condition: 'Failed', attempt: failed, attempts: 4 }, 'InvocationError', 'InvocationError', 200, 'out'],
    [
      {
        condition: 'Failed',
        attempt: { ...failed, errorType: 'Other', statusCode: 500 },
        attempts: 1,
      },
      'Other',
      'Other',
      500,
      'out',
    ],
    [
      { condition: 'EventAgeExceeded', attempt: failed, attempts: 2 },
      'EventAgeExceeded',
      'InvocationError',
      200,
      'out',
    ],
    [{ condition: 'EventAgeExceeded', attempt: null, attempts: 0 }, 'EventAgeExceeded', '', 200, ''],
    [{ condition: 'Throttled', attempt: null, attempts: 0 }, 'FunctionResourceExhausted', '', 429, ''],
  ])('%j', (verdict, condition, functionError, statusCode, responsePayload) => {
    expect(record(verdict)).toEqual({
      timestamp: NOON,
      requestContext: {
        requestId: 'r-1',
        functionArn: 'acs:fc:f',
        condition,
        approximateInvokeCount: verdict.attempts,
      },
      requestPayload: 'in',
      responseContext: { statusCode, functionError },
      responsePayload,
    });
  });
});

describe('the context of an invocation', () => {
  const spec = {
    functionName: 'f',
    handler: 'index.handler',
    memorySize: 512,
    timeout: 60,
    region: 'cn-hangzhou',
  };
  const context = (over: object, credentials: object | null) =>
    invocationContext({
      spec: { ...spec, instanceLifecycleConfig: {}, ...over },
      requestId: 'r-1',
      accountId: '2',
      retryCount: 1,
      credentials,
      logger: console,
    } as Parameters<typeof invocationContext>[0]);

  it('of a function without a role has no keys, and without an initializer names none', () => {
    expect(context({}, null)).toEqual({
      requestId: 'r-1',
      credentials: { accessKeyId: '', accessKeySecret: '', securityToken: '' },
      function: { name: 'f', handler: 'index.handler', memory: 512, timeout: 60 },
      service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
      region: 'cn-hangzhou',
      accountId: '2',
      logger: console,
      retryCount: 1,
      tracing: { openTracingSpanContext: '', openTracingSpanBaggages: {}, jaegerEndpoint: '' },
    });
  });

  it('of one with both has both, and no more of the keys than the vendor gives', () => {
    const keys = { accessKeyId: 'a', accessKeySecret: 'b', securityToken: 'c' };
    const initializer = { handler: 'index.init', timeout: 3 };
    expect(
      context({ instanceLifecycleConfig: { initializer } }, { ...keys, expiration: '2099-01-01' }),
    ).toMatchObject({ credentials: keys, function: { initializer: 'index.init' } });
    expect(Reflect.get(context({}, { ...keys, expiration: 'x' }), 'credentials')).toEqual(keys);
  });
});

describe('what an instance writes', () => {
  const writer = () => {
    const lines: string[] = [];
    return { lines, stream: new LineWriter((line) => lines.push(line)) };
  };

  it('is kept line by line, and the rest when it is flushed', () => {
    const { lines, stream } = writer();
    stream.write('a\nb');
    stream.write(Buffer.from('c\n\nd'));
    expect(lines).toEqual(['a', 'bc', '']);
    stream.flush();
    stream.flush();
    expect(lines).toEqual(['a', 'bc', '', 'd']);
  });

  it('keeps a character whole that two writes bring', () => {
    const { lines, stream } = writer();
    for (const byte of Buffer.from('Löschung: 删除\n')) stream.write(Buffer.from([byte]));
    stream.write(Buffer.from('除').subarray(0, 2));
    stream.flush();
    stream.write('a\n');
    expect(lines).toEqual(['Löschung: 删除', '\u{fffd}', 'a']);
  });

  it('by its console has its time, its request and its level', () => {
    const [out, error] = [writer(), writer()];
    const made = runtimeConsole(out.stream, error.stream, { now: () => NOON, requestId: () => 'r-1' });
    made.log('a', { b: 1 });
    made.debug('b');
    made.info('%s!', 'c');
    made.warn('d');
    made.error('e');
    Reflect.get(made, 'setLogLevel')();
    made.table([]);
    expect(out.lines.slice(0, 3)).toEqual([
      '2026-11-23 12:00:00 r-1 [verbose] a { b: 1 }',
      '2026-11-23 12:00:00 r-1 [debug] b',
      '2026-11-23 12:00:00 r-1 [info] c!',
    ]);
    expect(error.lines).toEqual(['2026-11-23 12:00:00 r-1 [warn] d', '2026-11-23 12:00:00 r-1 [error] e']);
  });

  it('is told, kept up to a number, and its end is shown with the answer', () => {
    const told: string[] = [];
    const book = new LogBook(({ line }) => told.push(line), 3);
    const add = (requestId: string, line: string) => book.add({ functionName: 'f', requestId, line });
    for (const line of ['1', '2', '3', '4']) add('r-1', line);
    add('r-2', 'x');
    expect(told).toEqual(['1', '2', '3', '4', 'x']);
    expect(book.lines.map(({ line }) => line)).toEqual(['3', '4', 'x']);
    expect([book.tail('r-1'), book.tail('r-2'), book.tail('r-3')]).toEqual(['3\n4\n', 'x\n', '']);
    add('r-4', `a${'b'.repeat(4_095)}`);
    expect(book.tail('r-4')).toBe(`${'b'.repeat(4_095)}\n`);
    expect(() => new LogBook(undefined).add({ functionName: 'f', requestId: 'r', line: 'l' })).not.toThrow();
  });
});

it('request ids are of the vendor’s form, and count', () => {
  const next = requestIds(new TestClock(NOON));
  const seconds = (NOON / 1_000).toString(16);
  expect([next(), next()]).toEqual([
    `1-${seconds}-00000000-000000000001`,
    `1-${seconds}-00000000-000000000002`,
  ]);
});

it('a payload may be as large as its limit', () => {
  expect(() => requireSize(Buffer.alloc(10), 10)).not.toThrow();
  expect(() => requireSize(Buffer.alloc(11), 10)).toThrow(
    expect.objectContaining({
      status: 400,
      code: 'EntityTooLarge',
      message: 'payload size exceeds maximum allowed size (10 bytes)',
    }),
  );
});

describe('the instances of a function', () => {
  const pool = (limit: number) => {
    const made: { readonly n: number; alive: boolean; current: boolean; isAlive(): boolean }[] = [];
    const create = () => {
      const one = { n: made.length, alive: true, current: true, isAlive: () => one.alive };
      made.push(one);
      return one;
    };
    return {
      made,
      pool: new InstancePool({ limit: () => limit, create, isCurrent: ({ current }) => current }),
    };
  };

  it('are used again, the last one first, up to the limit', () => {
    const { pool: all } = pool(2);
    const [a, b] = [all.take(), all.take()];
    expect([a?.n, b?.n, all.take()]).toEqual([0, 1, null]);
    if (a === null || b === null) throw new Error('there was none');
    all.give(b);
    all.give(a);
    expect([all.take()?.n, all.take()?.n, all.take()]).toEqual([0, 1, null]);
  });

  it('that died or are of an older revision get nothing more', () => {
    const { pool: all } = pool(1);
    const dead = all.take();
    if (dead === null) throw new Error('there was none');
    dead.alive = false;
    all.give(dead);
    const old = all.take();
    if (old === null) throw new Error('there was none');
    all.give(old);
    old.current = false;
    expect([old.n, all.take()?.n]).toEqual([1, 2]);
  });
});

describe('what is under way', () => {
  it('is waited for until nothing is, also where it fails, and what was begun meanwhile', async () => {
    const activity = new Activity();
    const order: string[] = [];
    await activity.idle();
    let end: () => void = () => undefined;
    const first = activity.during(() => new Promise<void>((resolve) => (end = resolve)));
    const idle = activity.idle().then(() => order.push('idle'));
    const failing = activity.during(() => Promise.reject(new Error('no'))).catch(() => order.push('failed'));
    await failing;
    await Promise.resolve();
    expect(order).toEqual(['failed']);
    end();
    await first;
    await idle;
    expect(order).toEqual(['failed', 'idle']);
    expect(await activity.during(async () => 7)).toBe(7);
  });
});
