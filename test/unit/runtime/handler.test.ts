import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FunctionContext, functionArn } from '../../../shared/runtime/context.ts';
import { messageOf, RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { handlerOf, type Invocation, thrownProblem } from '../../../shared/runtime/handler.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

const context: FunctionContext = {
  requestId: 'r-1',
  credentials: {
    accessKeyId: 'STS.PlantedKeyIdMarker',
    accessKeySecret: 'PlantedSecretMarker',
    securityToken: 'PlantedTokenMarker',
  },
  function: { name: 'dms-handshake-provision', timeout: 120 },
  region: 'cn-hangzhou',
  accountId: '2000000000000002',
};

let output: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  output = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output.push(String(chunk));
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What a function gets for an event and a context. */
async function given(event: Buffer | string, overrides: Partial<FunctionContext> = {}) {
  const calls: { event: unknown; invocation: Invocation }[] = [];
  const handler = handlerOf(async (decoded, invocation) => {
    calls.push({ event: decoded, invocation });
    return { ok: true };
  });
  const answer = await handler(Buffer.from(event), { ...context, ...overrides });
  const [call] = calls;
  if (call === undefined) throw new Error('the function was not called');
  return { ...call, answer };
}

async function thrownOf(error: unknown): Promise<Error> {
  const handler = handlerOf(async () => {
    throw error;
  });
  try {
    await handler(Buffer.from('{}'), context);
  } catch (thrown) {
    if (thrown instanceof Error) return thrown;
  }
  throw new Error('no error was thrown');
}

describe('an invocation', () => {
  it('gets its event decoded, and its answer encoded', async () => {
    const { event, answer } = await given('{"Message":"数据库"}');
    expect(event).toEqual({ Message: '数据库' });
    expect(answer).toBe('{"ok":true}');
  });

  it.each(['', 'not JSON', '{"half', '\u0000'])(
    'gets an event that is no JSON as its text: %j',
    async (text) => {
      expect((await given(text)).event).toBe(text);
    },
  );

  it('does not fail at bytes that are no text', async () => {
    expect((await given(Buffer.from([0xff, 0xfe, 0x00]))).event).toEqual(expect.any(String));
  });

  it('has to end a second before Function Compute ends it', async () => {
    expect((await given('{}')).invocation.deadline).toBe(NOW + 119_000);
    const short = { ...context.function, timeout: 3 };
    expect((await given('{}', { function: short })).invocation.deadline).toBe(NOW + 2_000);
  });

  it('knows how often its event was delivered before', async () => {
    expect((await given('{}')).invocation.attempt).toBe(0);
    expect((await given('{}', { retryCount: 2 })).invocation.attempt).toBe(2);
  });

  it('reads the credentials of this invocation', async () => {
    const credentials = { ...context.credentials, accessKeyId: 'rotated' };
    expect((await given('{}', { credentials })).invocation.context.credentials.accessKeyId).toBe('rotated');
  });

  it('names the function that runs', () => {
    expect(functionArn(context)).toBe(
      'acs:fc:cn-hangzhou:2000000000000002:functions/dms-handshake-provision',
    );
  });
});

describe('what is thrown', () => {
  it.each([
    ['a retryable error', new RetryableError('throttled', 'RAM GetRole: no'), '[throttled] RAM GetRole: no'],
    ['a terminal error', new TerminalError('wrong-account', 'not ours'), '[wrong-account] not ours'],
    ['an error that nobody foresaw', new TypeError('x is not a function'), '[internal] x is not a function'],
    ['a text', 'just so', '[internal] just so'],
    ['nothing', undefined, '[internal] undefined'],
  ])('%s: becomes its code and text', async (_what, error, message) => {
    const thrown = await thrownOf(error);
    expect(thrown.message).toBe(message);
    expect(thrown.name).toBe('Error');
  });

  it('holds nothing else: no cause, no field', async () => {
    const cause = Object.assign(new Error('PlantedSecretMarker'), { credentials: context.credentials });
    const original = Object.assign(new RetryableError('internal', 'it failed', { cause }), {
      request: context.credentials,
    });
    const thrown = await thrownOf(original);
    expect(thrown.cause).toBeUndefined();
    expect(Object.getOwnPropertyNames(thrown).sort()).toEqual(['message', 'stack']);
    expect(`${thrown.message} ${thrown.stack}`).not.toMatch(/Planted/);
  });

  it('is written to the log in one line of JSON, without the keys', async () => {
    await thrownOf(new RetryableError('throttled', 'RAM GetRole: no'));
    expect(output.map((line) => JSON.parse(line))).toEqual([
      { event: 'invocation-failed', problem: 'throttled', detail: 'RAM GetRole: no', durationMs: 0 },
    ]);
    expect(output.join()).toMatch(/^[^\n]*\n$/);
    expect(output.join()).not.toMatch(/Planted/);
  });

  it('is internal in the log, too, where nobody foresaw it', async () => {
    await thrownOf(new TypeError('x is not a function'));
    expect(output.map((line) => JSON.parse(line))).toEqual([
      { event: 'invocation-failed', problem: 'internal', detail: 'x is not a function', durationMs: 0 },
    ]);
  });

  it('is cut off after 1,000 characters, since the platform keeps it twice, and is whole in the log', async () => {
    const whole = 'a'.repeat(1_000);
    expect((await thrownOf(new TerminalError('internal', whole))).message).toBe(`[internal] ${whole}`);
    const cut = await thrownOf(new TerminalError('internal', `${whole}bc`));
    expect(cut.message).toBe(`[internal] ${whole}...`);
    expect(output.map((line) => JSON.parse(line).detail)).toEqual([whole, `${whole}bc`]);
  });

  it('can be read again by who receives it', async () => {
    const thrown = await thrownOf(new RetryableError('throttled', 'line one\nline two'));
    expect(thrownProblem(thrown.message)).toEqual({ code: 'throttled', detail: 'line one\nline two' });
  });

  it.each(['', 'no code', '[Upper] text', '[throttled]', 'x [throttled] text'])(
    'is not read into "%s"',
    (message) => {
      expect(thrownProblem(message)).toBeNull();
    },
  );
});

describe('the two kinds of error', () => {
  it('say whether another delivery may help, and keep their cause', () => {
    const cause = new Error('below');
    const retryable = new RetryableError('throttled', 'later', { cause });
    expect(retryable).toMatchObject({ retryable: true, code: 'throttled', message: 'later', cause });
    expect(retryable.name).toBe('RetryableError');
    expect(new TerminalError('expired', 'never')).toMatchObject({ retryable: false, name: 'TerminalError' });
  });

  it('are worded as every thrown value', () => {
    expect(messageOf(new TerminalError('expired', 'never'))).toBe('never');
    expect(messageOf(42)).toBe('42');
  });
});
