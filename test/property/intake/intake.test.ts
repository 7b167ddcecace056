import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpProblemSchema } from '../../../events/http-answers.ts';
import { parseRequest } from '../../../events/parse-request.ts';
import { admit } from '../../../shared/admission/admit.ts';
import { openEnvelope } from '../../../shared/admission/authenticate/signed-message.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import type { EngineId } from '../../../shared/catalogue/engine.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';
import { door, eventOf, FOREIGN, REQUESTERS, SIGNING, TOKEN } from '../../kit/intake.ts';
import { signedHeaders } from '../../kit/signing-keys.ts';

const KNOWN = [REQUESTER, SIGNING, FOREIGN];
const uid = fc
  .bigInt({ min: 1n, max: 10n ** 16n - 1n })
  .map(String)
  .filter((one) => ![...KNOWN, OWNER].includes(one));
const engines = fc.uniqueArray(fc.constantFrom(...ALL_ENGINES), { minLength: 1, maxLength: 5 });

describe('whoever asks for what is not theirs', () => {
  const foreignEngines = engines.filter((ids) => ids.some((id) => id !== 'redis' && id !== 'rds'));
  const wishes = fc.oneof(
    fc.record({ requesterUid: uid, engines }).map((body) => ['requester-not-allowed', body] as const),
    engines.map((ids) => ['requester-not-allowed', { requesterUid: FOREIGN, engines: ids }] as const),
    foreignEngines.map((ids) => ['engine-not-allowed', { requesterUid: REQUESTER, engines: ids }] as const),
    fc.constant(['access-not-allowed', { requesterUid: REQUESTER, access: 'console' }] as const),
    engines.map((ids) => ['signature-invalid', { requesterUid: SIGNING, engines: ids }] as const),
  );

  it('over HTTP: the right code, and nothing published', async () => {
    const d = door();
    await fc.assert(
      fc.asyncProperty(wishes, async ([code, body]) => {
        const { answer } = await d.post(body);
        expect(httpProblemSchema.parse(JSON.parse(answer.body)).code).toBe(code);
      }),
      { numRuns: cases(10_000, 10) },
    );
    expect(d.published).toEqual([]);
  });

  const asks = fc.record({
    action: fc.constantFrom('grant' as const, 'revoke' as const, 'verify' as const),
    requesterUid: fc.oneof(uid, fc.constantFrom(...KNOWN)),
    engines: engines as fc.Arbitrary<readonly EngineId[]>,
    breakGlass: fc.constantFrom(undefined, 'the orders are gone'),
    access: fc.constantFrom('register' as const, 'console' as const),
    topic: fc.constantFrom(null, 'plain-topic', 'foreign-topic', 'requests'),
    signature: fc.constantFrom('valid' as const, 'absent' as const, 'invalid' as const),
  });
  type Ask = typeof asks extends fc.Arbitrary<infer One> ? One : never;

  /** The rules once more, as a table would say them. */
  function expected(ask: Ask): string {
    const topicOf: Record<string, string> = { [REQUESTER]: 'plain-topic', [FOREIGN]: 'foreign-topic' };
    if (!KNOWN.includes(ask.requesterUid)) return 'requester-not-allowed';
    if (ask.requesterUid === SIGNING && ask.signature !== 'valid') return 'signature-invalid';
    if (ask.requesterUid !== SIGNING && ask.topic !== topicOf[ask.requesterUid]) return 'sender-mismatch';
    if (ask.action !== 'grant') return 'admitted';
    if (ask.access === 'console' && ask.requesterUid !== SIGNING) return 'access-not-allowed';
    const mine = (id: string) => id === 'redis' || id === 'rds';
    // No account here may have any.
    const otherwise = ask.breakGlass === undefined ? 'admitted' : 'access-not-allowed';
    return ask.requesterUid === REQUESTER && !ask.engines.every(mine) ? 'engine-not-allowed' : otherwise;
  }

  it('as provision judges it', () => {
    fc.assert(
      fc.property(asks, (ask) => {
        expect(admit(ask, ask.engines, ask, REQUESTERS)?.code ?? 'admitted').toBe(expected(ask));
      }),
      { numRuns: cases(10_000, 10) },
    );
  });
});

/** Random numbers that can be run again: mulberry32. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('events that nobody would send', () => {
  const plain = JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'], reference: 'DBA-1 <&>' });
  const signed = JSON.stringify({ requesterUid: SIGNING, engines: ['gdb'], access: 'register' });
  const base = { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` };
  const seeds = [
    eventOf('POST', '/requests', { headers: base, body: plain }),
    eventOf('POST', '/requests', { headers: { ...base, ...signedHeaders(signed) }, body: signed }),
    eventOf('POST', '/requests', {
      headers: { ...base, 'Idempotency-Key': 'key-12345678' },
      body: Buffer.from(plain).toString('base64'),
      isBase64Encoded: true,
    }),
    eventOf('GET', '/health', { headers: {} }),
  ];
  const values = [
    null,
    true,
    0,
    -1,
    1e308,
    '',
    'x',
    [],
    {},
    [[]],
    { __proto__: null },
    '\u0000',
    '\ud800',
    '{}',
  ];

  /** A valid event with one thing wrong: a character of its JSON, a value somewhere in it, or its body. */
  function mutated(random: (below: number) => number): unknown {
    const event = structuredClone(seeds[random(seeds.length)] ?? {});
    const kind = random(5);
    if (kind === 0)
      return Buffer.from(Array.from({ length: random(200) }, () => random(256))).toString('latin1');
    if (kind === 1) return altered(event, random);
    const body = String(Reflect.get(event, 'body') ?? '');
    if (kind === 2) return { ...event, body: flipped(body, random) };
    if (kind === 3) return { ...event, body: bodyWith(body, random) };
    const text = flipped(JSON.stringify(event), random);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  const flipped = (text: string, random: (below: number) => number): string => {
    const at = random(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random(0x250)) + text.slice(at + random(3));
  };

  function altered(event: object, random: (below: number) => number): unknown {
    let holder: object = event;
    for (;;) {
      const keys = Object.keys(holder);
      const key = keys[random(keys.length)];
      if (key === undefined) return event;
      const child: unknown = Reflect.get(holder, key);
      if (typeof child === 'object' && child !== null && random(3) > 0) holder = child;
      else {
        Reflect.set(holder, key, values[random(values.length)]);
        return event;
      }
    }
  }

  const FIELDS = [
    'requesterUid',
    'engines',
    'action',
    'access',
    'connections',
    'expiresAt',
    'users',
    'requestId',
  ];
  function bodyWith(body: string, random: (below: number) => number): string {
    try {
      const json: object = JSON.parse(body);
      return JSON.stringify({
        ...json,
        [FIELDS[random(FIELDS.length)] ?? '']: values[random(values.length)],
      });
    } catch {
      return body;
    }
  }

  it('crash nothing, and publish only what provision can read', async () => {
    const d = door();
    const random = numbers(20261123);
    const seen = new Map<number, number>();
    for (let n = 0; n < cases(100_000, 10); n += 1) {
      const { answer } = await d.send(mutated(random));
      seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1);
    }
    expect([...seen.keys()].filter((status) => status >= 500)).toEqual([]);
    for (const status of [200, 202, 400, 401, 403, 404, 405])
      expect(seen.get(status) ?? 0).toBeGreaterThan(0);
    expect(d.published.length).toBeGreaterThan(100);
    for (const { topic, body } of d.published) {
      const parsed = parseRequest(openEnvelope(body).payload);
      expect(parsed).toHaveProperty('request.requesterUid', topic === 'plain-topic' ? REQUESTER : SIGNING);
      expect(body).not.toMatch(/[<>&]/);
    }
  });
});
