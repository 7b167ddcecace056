import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthType } from '../../../../events/requesters.ts';
import { clientFaults, provenClient } from '../../../../shared/admission/authenticate/clients.ts';
import { headersOf } from '../../../../shared/admission/authenticate/headers.ts';
import type { Client } from '../../../../shared/admission/requesters.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { NOW, pairOf, SECONDS, signedHeaders, v1Signature, WHSEC } from '../../../kit/signing-keys.ts';

const BODY = '{"requesterUid":"1000000000000001","engines":["redis"],"reference":"é"}';
const TOKEN = 'a-token-that-nobody-guesses';
const TIME = '2026-11-23T10:00:00Z';

const client = (type: AuthType, ...secretEnv: string[]): Client => ({
  name: type,
  requesters: ['1000000000000001'],
  auth: { type, secretEnv },
  requestAt: null,
});

const CLIENTS = [
  client('bearer', 'TOKEN', 'OLD_TOKEN'),
  client('standard-webhooks', 'WHSEC', 'WHPK'),
  client('hub-signature', 'HUB'),
  client('zendesk', 'ZENDESK'),
];
const ENVIRONMENT = {
  TOKEN,
  OLD_TOKEN: 'the-token-before',
  WHSEC,
  WHPK: pairOf(1).publicKey,
  HUB: 'hub-secret',
  ZENDESK: 'zendesk-secret',
};

const hub = (body: string | Buffer = BODY, secret = 'hub-secret') =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const zendesk = (body = BODY, time = TIME) => ({
  'X-Zendesk-Webhook-Signature': createHmac('sha256', 'zendesk-secret')
    .update(`${time}${body}`)
    .digest('base64'),
  'X-Zendesk-Webhook-Signature-Timestamp': time,
});
const webhook = (timestamp = SECONDS) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': timestamp,
  'webhook-signature': v1Signature('msg_1', timestamp, BODY),
});

const who = (
  headers: Record<string, string>,
  body: string | Buffer = BODY,
  { now = NOW, clients = CLIENTS, environment = ENVIRONMENT as Record<string, string | undefined> } = {},
) =>
  provenClient({ headers: headersOf(headers), body: Buffer.from(body), at: now }, clients, environment)
    ?.name ?? null;

const GOOD: [string, Record<string, string>, AuthType][] = [
  ['a token', { Authorization: `Bearer ${TOKEN}` }, 'bearer'],
  ['the token before', { authorization: 'bearer the-token-before' }, 'bearer'],
  ['a header name in capitals', { AUTHORIZATION: `Bearer ${TOKEN}` }, 'bearer'],
  ['v1', webhook(), 'standard-webhooks'],
  ['v1a', signedHeaders(BODY), 'standard-webhooks'],
  ['GitHub', { 'X-Hub-Signature-256': hub(), 'X-Hub-Signature': 'sha1=00' }, 'hub-signature'],
  ['Jira', { 'x-hub-signature': hub() }, 'hub-signature'],
  ['Zendesk', zendesk(), 'zendesk'],
];

describe('a client proves itself', () => {
  it.each(GOOD)('with %s', (_name, headers, type) => {
    expect(who(headers)).toBe(type);
  });

  it('over bytes, whatever they spell', () => {
    const body = Buffer.from([0xff, 0x00, 0x7b]);
    expect(who({ 'x-hub-signature-256': hub(body) }, body)).toBe('hub-signature');
  });
});

describe('nobody is proved', () => {
  const bad: [string, Record<string, string>][] = [
    ['nothing', {}],
    ['another token', { authorization: 'Bearer wrong' }],
    ['a part of the token', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['more than the token', { authorization: `Bearer ${TOKEN}x` }],
    ['no token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['the name of the variable', { authorization: 'Bearer TOKEN' }],
    ['the token twice', { authorization: `Bearer ${TOKEN}`, Authorization: `Bearer ${TOKEN}` }],
    ['SHA-1', { 'x-hub-signature': `sha1=${createHmac('sha1', 'hub-secret').update(BODY).digest('hex')}` }],
    [
      'hex in capitals',
      { 'x-hub-signature-256': hub().replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase()) },
    ],
    ['the signature of another secret', { 'x-hub-signature-256': hub(BODY, 'other') }],
    ['the better header wrong', { 'x-hub-signature-256': 'sha256=00', 'x-hub-signature': hub() }],
    ['the signature of another body', { 'x-hub-signature-256': hub('{}') }],
    ['Zendesk without its time', { 'x-zendesk-webhook-signature': zendesk()['X-Zendesk-Webhook-Signature'] }],
    [
      'Zendesk with another time',
      { ...zendesk(), 'X-Zendesk-Webhook-Signature-Timestamp': '2026-11-23T10:00:01Z' },
    ],
    ['Zendesk too late', zendesk(BODY, '2026-11-23T09:54:59Z')],
    ['Zendesk with a loose time', zendesk(BODY, '2026-11-23 10:00:00')],
    ['webhook too late', webhook(String(Number(SECONDS) - 301))],
    ['webhook too early', webhook(String(Number(SECONDS) + 301))],
    ['webhook without id', { ...webhook(), 'webhook-id': '' }],
    [
      'an unknown version',
      { ...webhook(), 'webhook-signature': webhook()['webhook-signature'].replace('v1,', 'v9,') },
    ],
  ];
  it.each(bad)('by %s', (_name, headers) => {
    expect(who(headers)).toBeNull();
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)('without %s', (name) => {
    const { [name]: _gone, ...rest } = webhook();
    expect(who(rest)).toBeNull();
  });

  it('where the variable is empty or not set: a missing header is no proof', () => {
    for (const value of ['', undefined]) {
      const environment = {
        TOKEN: value,
        OLD_TOKEN: value,
        WHSEC: value,
        WHPK: value,
        HUB: value,
        ZENDESK: value,
      };
      const empty = createHmac('sha256', '').update(BODY).digest('hex');
      for (const headers of [{}, { authorization: 'Bearer ' }, { 'x-hub-signature-256': `sha256=${empty}` }])
        expect(who(headers, BODY, { environment })).toBeNull();
    }
  });

  it('where nobody is listed', () => {
    for (const [, headers] of GOOD) expect(who(headers, BODY, { clients: [] })).toBeNull();
  });

  it('by a body with one byte altered, at every position', () => {
    for (const [name, headers, type] of GOOD) {
      if (type === 'bearer') continue;
      const bytes = Buffer.from(BODY);
      for (let at = 0; at < bytes.length; at += 1) {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] ?? 0) ^ 1;
        expect(`${name} ${who(headers, altered)}`).toBe(`${name} null`);
      }
    }
  });

  it('by 10,000 alterations of a signature header', () => {
    const header = fc.constantFrom(...GOOD.filter(([, , type]) => type !== 'bearer')).chain(([, headers]) =>
      fc
        .constantFrom(...Object.keys(headers).filter((name) => !/^X-Hub-Signature$/.test(name)))
        .chain((name) =>
          fc.record({
            headers: fc.constant(headers),
            name: fc.constant(name),
            at: fc.nat({ max: (headers[name] ?? '').length - 1 }),
            char: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
          }),
        ),
    );
    fc.assert(
      fc.property(header, ({ headers, name, at, char }) => {
        const value = headers[name] ?? '';
        fc.pre(value[at] !== char);
        expect(who({ ...headers, [name]: value.slice(0, at) + char + value.slice(at + 1) })).toBeNull();
      }),
      { numRuns: 10_000 },
    );
  });

  it('a replay inside the window is proved again, as it must be: requests are idempotent', () => {
    expect(who(webhook(), BODY, { now: millis(NOW + 299_000) })).toBe('standard-webhooks');
  });
});

describe('what the operator set wrong', () => {
  it('is named by its variable, and the value is not shown', () => {
    const faults = clientFaults(CLIENTS, {
      ...ENVIRONMENT,
      TOKEN: '',
      WHSEC: 'whsec_dG9vIHNob3J0',
      HUB: undefined,
    });
    expect(faults).toEqual([
      'client bearer: the environment variable TOKEN is not set',
      expect.stringMatching(/^client standard-webhooks: WHSEC holds neither whsec_/),
      'client hub-signature: the environment variable HUB is not set',
    ]);
    expect(faults.join()).not.toContain('dG9vIHNob3J0');
    expect(clientFaults(CLIENTS, ENVIRONMENT)).toEqual([]);
  });
});
