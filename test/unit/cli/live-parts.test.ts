import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { eventuallyFor } from '../../../cli/doctor/live/eventually.ts';
import { acrossOrigins } from '../../../cli/doctor/live/over-http.ts';
import { Prefixed } from '../../../cli/doctor/live/prefixed.ts';
import { Removals } from '../../../cli/doctor/live/removals.ts';
import { VirtualClock } from '../../../local/testing/virtual-clock.ts';

const ONCE = eventuallyFor(0, new VirtualClock());

describe('a look that is repeated', () => {
  /** Fails so many times, and answers how often it was made. */
  const failing = (times: number) => {
    const made = { looks: 0 };
    return {
      made,
      look: async () => {
        made.looks += 1;
        if (made.looks <= times) throw new Error(`look ${made.looks}`);
        return made.looks;
      },
    };
  };

  it.each([
    [0, 0, 1],
    [4_000, 2, 3],
  ])('for %i ms may fail %i times, and answers the first that does not', async (waitMs, times, looks) => {
    const clock = new VirtualClock();
    const started = clock.now();
    const { look } = failing(times);
    expect(await clock.during(eventuallyFor(waitMs, clock)(look))).toBe(looks);
    expect(clock.now() - started).toBe(times * 2_000);
  });

  it.each([
    [0, 1],
    [1_999, 1],
    [2_000, 2],
    [4_000, 3],
  ])('for %i ms is made %i times at the most, and throws what the last threw', async (waitMs, looks) => {
    const clock = new VirtualClock();
    const { look, made } = failing(9);
    await expect(clock.during(eventuallyFor(waitMs, clock)(look))).rejects.toThrow(`look ${looks}`);
    expect(made.looks).toBe(looks);
  });

  it('is made once after an abort', async () => {
    const { look, made } = failing(9);
    const aborted = eventuallyFor(90_000, new VirtualClock(), AbortSignal.abort());
    await expect(aborted(look)).rejects.toThrow('look 1');
    expect(made.looks).toBe(1);
  });
});

describe('what a run has made', () => {
  it('goes in an order that works, the last of a kind first, and what cannot go is named', async () => {
    const removals = new Removals();
    const gone: string[] = [];
    for (const kind of ['policy', 'role', 'queue', 'topic', 'subscription', 'function', 'trigger'] as const)
      for (const name of ['one', 'two'])
        removals.add(kind, name, '2', async () => {
          if (kind === 'queue' && name === 'one') throw new Error('in use');
          gone.push(`${kind} ${name}`);
        });
    removals.add('registration', 'one', '1', async () => {
      gone.push('registration one');
    });
    expect(await removals.run(ONCE)).toEqual(['queue one in account 2 (in use)']);
    expect(gone).toEqual([
      'registration one',
      ...['trigger', 'function', 'subscription', 'topic'].flatMap((kind) => [`${kind} two`, `${kind} one`]),
      'queue two',
      ...['role', 'policy'].flatMap((kind) => [`${kind} two`, `${kind} one`]),
    ]);
    // What is gone is not taken away again.
    expect(await removals.run(ONCE)).toEqual(['queue one in account 2 (in use)']);
  });
});

describe('names under a prefix', () => {
  const prefixed = new Prefixed('p-');
  it.each([
    ['acs:ram::2:role/dms-cross-account-1', 'acs:ram::2:role/p-dms-cross-account-1'],
    ['acs:ram::2:policy/DmsCrossAccountPolicy-redis', 'acs:ram::2:policy/p-DmsCrossAccountPolicy-redis'],
    ['acs:fc:x:2:functions/dms-a and /topics/dms-b', 'acs:fc:x:2:functions/p-dms-a and /topics/p-dms-b'],
    ['acs:mns:x:2:/queues/dms-a/messages', 'acs:mns:x:2:/queues/p-dms-a/messages'],
    ['acs:ram::2:role/other', 'acs:ram::2:role/other'],
    ['dms-handshake-verify', 'dms-handshake-verify'],
  ])('%s', (plain, expected) => {
    expect(prefixed.text(plain)).toBe(expected);
  });
});

describe('a function over HTTP', () => {
  let server: Server | undefined;
  afterEach(() => new Promise((resolve) => server?.close(resolve)));

  type Answers = Readonly<{ status?: number; seen?: object; preflight?: number; allowed?: string }>;
  async function told({ status = 200, seen, preflight = 200, allowed }: Answers) {
    const asked: string[] = [];
    server = createServer((request, response) => {
      const { method, headers } = request;
      asked.push(
        `${method} ${headers['content-type'] ?? ''} ${headers.origin ?? ''} ${headers['access-control-request-method'] ?? ''} ${headers['access-control-request-headers'] ?? ''}`,
      );
      const isPreflight = method === 'OPTIONS';
      if (isPreflight && allowed !== undefined) response.setHeader('access-control-allow-origin', allowed);
      response.statusCode = isPreflight ? preflight : status;
      request.resume().on('end', () => response.end(isPreflight ? '' : JSON.stringify(seen)));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const found: Record<string, string> = {};
    await acrossOrigins({ eventually: ONCE }, `http://127.0.0.1:${port}`, (id, what, detail) => {
      found[id] = `${what} ${detail}`;
    });
    return { found, asked };
  }

  it('that gets it as it is believed to', async () => {
    const seen = { isBase64Encoded: false, names: ['Content-Type', 'Host'] };
    expect(await told({ seen, allowed: 'https://live.example' })).toEqual({
      found: {
        'text-with-charset': 'pass it arrived as text',
        'header-case': 'pass arrived: Content-Type, Host',
        preflight: 'pass answered 200, allowing https://live.example',
      },
      asked: ['POST text/plain; charset=utf-8   ', 'OPTIONS  https://live.example POST authorization'],
    });
  });

  it.each([
    [403, undefined, 'fail answered 403, allowing no origin'],
    [204, 'https://live.example', 'fail answered 204, allowing https://live.example'],
    [200, '*', 'fail answered 200, allowing *'],
  ])(
    'that gets it otherwise, and a preflight is answered with %i and %s',
    async (preflight, allowed, words) => {
      const seen = { isBase64Encoded: true, names: ['content-type'] };
      const { found } = await told({ seen, preflight, ...(allowed === undefined ? {} : { allowed }) });
      expect(found).toEqual({
        'text-with-charset': 'fail it arrived in base64',
        'header-case': 'fail arrived: content-type',
        preflight: words,
      });
    },
  );

  it('that does not answer is said so', async () => {
    await expect(told({ status: 502, seen: {} })).rejects.toThrow("the function's address answered 502");
  });
});
