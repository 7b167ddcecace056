import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../events/parse-request.ts';
import { type Request, requestSchema } from '../../../events/request.ts';
import { cases } from '../../kit/cases.ts';

const RUNS = cases(20_000, 10);

/** The rules of a request, written down a second time from the contract: what no accepted request may break. */
function assertContract(request: Request): void {
  expect(Object.keys(request).filter((key) => !FIELDS.has(key))).toEqual([]);
  expect(request.requesterUid).toMatch(/^[1-9]\d{0,15}$(?!\n)/);
  expect(['grant', 'revoke', 'verify']).toContain(request.action);
  expect(['register', 'console']).toContain(request.access);
  for (const engine of request.engines ?? []) expect(typeof engine).toBe('string');
  for (const connection of request.connections) expect(['vpc', 'dedicated-line']).toContain(connection);
  if (request.expiresAt !== undefined) {
    expect(request.expiresAt).toMatch(/(Z|[+-]\d\d:?\d\d)$/);
    expect(Number.isFinite(Date.parse(request.expiresAt))).toBe(true);
  }
  if (request.requestId !== undefined) expect(request.requestId).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  if (request.reference !== undefined) expect(request.reference.length).toBeLessThanOrEqual(256);
  if (request.action === 'grant' && request.access === 'register')
    expect(request.engines?.length ?? 0).toBeGreaterThan(0);
}

const FIELDS = new Set([
  'requesterUid',
  'engines',
  'action',
  'access',
  'connections',
  'expiresAt',
  'users',
  'requestId',
  'reference',
  'instances',
  'readOnly',
  'traceparent',
]);

/** Judges a body and compares the verdict with the schema's about the same JSON. */
function judged(body: string): void {
  const parsed = parseRequest(body);
  if ('request' in parsed) {
    assertContract(parsed.request);
    const json: unknown = JSON.parse(isJson(body) ? body : Buffer.from(body, 'base64').toString('utf8'));
    expect(requestSchema.parse(leftOut(json))).toEqual(parsed.request);
  } else {
    expect(parsed.bad.length).toBeGreaterThan(10);
    expect(parsed.bad.length).toBeLessThan(4_000);
    if (isJson(body)) expect(requestSchema.safeParse(leftOut(JSON.parse(body))).success).toBe(false);
  }
}

/** What a request says without the fields that are null. The one that it must have stays. */
function leftOut(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const optional = (key: string) => FIELDS.has(key) && key !== 'requesterUid';
  const entries = Object.entries(json).filter(([key, value]) => value !== null || !optional(key));
  return Object.fromEntries(entries);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const valid = fc.record(
  {
    requesterUid: fc.oneof(fc.stringMatching(/^[1-9][0-9]{0,15}$/), fc.integer({ min: 1 })),
    engines: fc.array(fc.constantFrom('redis', 'Lindorm', 'PolarDB-X 2.0', 'rds', 'oracle'), {
      minLength: 1,
      maxLength: 4,
    }),
    action: fc.constantFrom('grant', 'revoke'),
    connections: fc.subarray(['vpc', 'dedicated-line']),
    requestId: fc.stringMatching(/^[A-Za-z0-9._:-]{1,20}$/),
    reference: fc.string({ maxLength: 256 }),
  },
  { requiredKeys: ['requesterUid', 'engines'] },
);

/** Any value where one of a request's belongs, or near it. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    'grant',
    'verify',
    'console',
    ['vpc'],
    [],
    '',
    '1',
    0,
    -1,
    1e21,
    '\u0000',
    ' 1',
    '１２',
  ),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom(
    '2027-01-31T00:00:00Z',
    '2027-01-31T00:00Z',
    '2027-01-31T24:00:00Z',
    '0000-01-01T00:00:00Z',
  ),
  fc.constantFrom('9999-12-31T23:59:59-23:59', '2027-01-31T00:00:00+99:99', '2027-01-31T00:00:60Z'),
);

const mutated = fc
  .record({
    request: valid,
    field: fc.oneof(fc.constantFrom(...FIELDS), fc.constantFrom('__proto__', 'constructor', 'Engines', '')),
    value: odd,
    drop: fc.boolean(),
  })
  .map(({ request, field, value, drop }) => {
    const entries = Object.entries(request).filter(([key]) => key !== field);
    // Written out by hand: an object literal would take `__proto__` for its prototype.
    const pairs = (drop ? entries : [...entries, [field, value] as const]).map(
      ([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one) ?? 'null'}`,
    );
    return `{${pairs.join(',')}}`;
  });

/** A valid request with characters lost, doubled or replaced. */
const torn = fc
  .record({
    request: valid.map((request) => JSON.stringify(request)),
    at: fc.nat(400),
    cut: fc.nat(3),
    put: fc.oneof(
      fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', '0', '\n'),
      fc.string({ maxLength: 3 }),
    ),
  })
  .map(({ request, at, cut, put }) => {
    const place = at % request.length;
    return request.slice(0, place) + put + request.slice(place + cut);
  });

describe('whatever comes in as a request', () => {
  it('is judged without an error, and never let in against the schema', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json({ maxDepth: 3 }),
      fc.base64String({ maxLength: 60 }),
      mutated,
      torn,
      mutated.map((text) => Buffer.from(text, 'utf8').toString('base64')),
    );
    fc.assert(
      fc.property(anything, (body) => {
        expect(() => judged(body)).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  });

  it('is let in when it is right, raw and in base64 alike', () => {
    fc.assert(
      fc.property(valid, (request) => {
        const text = JSON.stringify(request);
        const raw = parseRequest(text);
        expect(raw).toMatchObject({ request: { engines: request.engines } });
        expect(parseRequest(Buffer.from(text, 'utf8').toString('base64'))).toEqual(raw);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has an expiry that a clock can read, if it has one', () => {
    const two = (max: number) => fc.nat(max).map((n) => String(n).padStart(2, '0'));
    const time = fc
      .tuple(
        fc.nat(9_999).map((n) => String(n).padStart(4, '0')),
        two(13),
        two(32),
        two(25),
        two(61),
        fc.oneof(
          fc.constant(''),
          two(61).map((s) => `:${s}`),
        ),
        fc.oneof(fc.constant(''), fc.stringMatching(/^\.[0-9]{1,20}$/)),
        fc.oneof(
          fc.constantFrom('Z', 'z', '', '+08', '+0800'),
          fc.tuple(fc.constantFrom('+', '-'), two(25), two(61)).map(([sign, h, m]) => `${sign}${h}:${m}`),
        ),
      )
      .map(([y, mo, d, h, mi, s, f, z]) => `${y}-${mo}-${d}T${h}:${mi}${s}${f}${z}`);
    fc.assert(
      fc.property(time, (expiresAt) => {
        const parsed = parseRequest(JSON.stringify({ requesterUid: '1', engines: ['redis'], expiresAt }));
        if ('bad' in parsed) return;
        expect(parsed.request.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        const again = parseRequest(JSON.stringify(parsed.request));
        expect(again).toEqual(parsed);
      }),
      { numRuns: cases(5_000) },
    );
  });
});
