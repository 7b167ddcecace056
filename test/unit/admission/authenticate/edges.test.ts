import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealed, signedBy } from '../../../../functions/intake/sender.ts';
import { hasBearer } from '../../../../shared/admission/authenticate/bearer.ts';
import { headersOf } from '../../../../shared/admission/authenticate/headers.ts';
import { secondsOf } from '../../../../shared/admission/authenticate/replay-window.ts';
import { openEnvelope, verifySignature } from '../../../../shared/admission/authenticate/signed-message.ts';
import { isSigned, isWebhookKey } from '../../../../shared/admission/authenticate/standard-webhooks.ts';
import { timingSafeEqual } from '../../../../shared/admission/authenticate/timing-safe-equal.ts';
import { webhookParts } from '../../../../shared/admission/authenticate/webhook-headers.ts';
import { hasZendeskSignature } from '../../../../shared/admission/authenticate/zendesk.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { envelopeOf, NOW, pairOf, SECONDS, v1Signature, WHSEC } from '../../../kit/signing-keys.ts';

const TEXT = '{"requesterUid":"1000000000000001","engines":["redis"]}';
const CONTENT = Buffer.from(TEXT);
const good = envelopeOf(TEXT);
const v1 = (secret = WHSEC, timestamp = SECONDS, id = 'msg_1') => ({
  id,
  timestamp,
  signature: v1Signature(id, timestamp, TEXT, secret),
});
const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
const publicKey = pairOf(1).publicKey;

describe('a bearer token', () => {
  const with_ = (authorization: string) => hasBearer(new Map([['authorization', authorization]]), ['token']);
  it('stands after the word and any number of spaces, and nothing stands after it', () => {
    expect([with_('Bearer token'), with_('bearer   token')]).toEqual([true, true]);
    for (const bad of ['Bearer token more', 'xBearer token', 'Bearer', 'token', 'Bearer\ttoken'])
      expect([bad, with_(bad)]).toEqual([bad, false]);
  });
});

it('a header that is missing is no text, whatever is wanted of it', () => {
  for (const wanted of ['undefined', 'null', '', 'token'])
    expect([wanted, timingSafeEqual(undefined, wanted)]).toEqual([wanted, false]);
  expect(hasBearer(new Map(), ['undefined', ''])).toBe(false);
});

describe('headers', () => {
  it('of one name in several cases are joined', () => {
    expect([...headersOf({ 'X-A': '1', 'x-a': '2', b: '3' })]).toEqual([
      ['x-a', '1,2'],
      ['b', '3'],
    ]);
  });

  it('of a webhook are all three, or none', () => {
    const all = { 'webhook-id': 'i', 'webhook-timestamp': 't', 'webhook-signature': 's' };
    expect(webhookParts(headersOf(all))).toEqual({ id: 'i', timestamp: 't', signature: 's' });
    for (const name of Object.keys(all)) {
      const rest = Object.entries(all).filter(([other]) => other !== name);
      expect(webhookParts(headersOf(Object.fromEntries(rest)))).toBeNull();
      expect(signedBy(headersOf(Object.fromEntries(rest)), TEXT)).toBeNull();
    }
  });
});

describe('a key of Standard Webhooks', () => {
  it('is exactly of its form', () => {
    expect([publicKey, whsec(24), whsec(64)].map(isWebhookKey)).toEqual([true, true, true]);
    for (const bad of [
      `x${publicKey}`,
      `${publicKey}x`,
      whsec(23),
      whsec(65),
      `x${WHSEC}`,
      `${WHSEC}!`,
      '',
      'x',
    ])
      expect([bad, isWebhookKey(bad)]).toEqual([bad, false]);
  });

  it('of any other form proves nothing, and breaks nothing', () => {
    const secrets = [whsec(23), whsec(65), `x${WHSEC}`, `${WHSEC}!`, WHSEC.slice(6), '', 'nonsense'];
    for (const bad of secrets) expect([bad, isSigned(v1(bad), CONTENT, [bad], NOW)]).toEqual([bad, false]);
    for (const bad of [`x${publicKey}`, `${publicKey}x`, publicKey.slice(5), 'nonsense'])
      expect([bad, isSigned(good, CONTENT, [bad], NOW)]).toEqual([bad, false]);
  });

  it('may be a secret of 24 to 64 bytes', () => {
    for (const secret of [whsec(24), whsec(64)])
      expect(isSigned(v1(secret), CONTENT, [secret], NOW)).toBe(true);
  });
});

describe('a signature of Standard Webhooks', () => {
  it('begins with its version', () => {
    for (const signature of [`x${good.signature}`, `${good.signature}x`])
      expect(isSigned({ ...good, signature }, CONTENT, [publicKey], NOW)).toBe(false);
  });

  it('is looked for among the first sixteen', () => {
    const behind = (others: number) => ({
      ...good,
      signature: `${'v1a,x '.repeat(others)}${good.signature}`,
    });
    expect(isSigned(behind(15), CONTENT, [publicKey], NOW)).toBe(true);
    expect(isSigned(behind(16), CONTENT, [publicKey], NOW)).toBe(false);
  });

  it('is of a plain id', () => {
    for (const id of ['!msg_1', 'msg_1!', '', 'a'.repeat(129)])
      expect([id, isSigned(v1(WHSEC, SECONDS, id), CONTENT, [WHSEC], NOW)]).toEqual([id, false]);
    expect(isSigned(v1(WHSEC, SECONDS, 'a'.repeat(128)), CONTENT, [WHSEC], NOW)).toBe(true);
  });

  it('is of a time that can be read, whatever time it is', () => {
    expect(isSigned(v1(WHSEC, 'never'), CONTENT, [WHSEC], millis(0))).toBe(false);
    expect(['1', '12345678901'].map(secondsOf)).toEqual([1_000, 12_345_678_901_000]);
    expect(['x12', '12x', '0', '012', '123456789012', ''].map(secondsOf)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('the envelope of a signed request', () => {
  const whole = Buffer.from(JSON.stringify({ ...good, payload: `${TEXT}  ` })).toString('base64');

  it('is not proved by a shared secret, which the owner knows, too', () => {
    expect(verifySignature({ ...v1(), payload: TEXT }, [WHSEC], NOW)).toBe('invalid');
  });

  it('may be in base64, in base64 only', () => {
    expect(openEnvelope(whole).signed).not.toBeNull();
    const bare = whole.replace(/=+$/, '');
    const padded = bare.length % 4 === 0 ? `${bare}A` : bare;
    for (const bad of [padded, `!!!!${whole}`, `${whole}!!!!`, `${whole}====`])
      expect([bad.slice(0, 8), openEnvelope(bad).signed]).toEqual([bad.slice(0, 8), null]);
  });

  it('may be broken into lines in base64', () => {
    const lines = whole.replaceAll(/.{60}/g, '$&\r\n');
    expect(openEnvelope(lines)).toEqual(openEnvelope(whole));
    expect(openEnvelope(lines).signed).not.toBeNull();
  });

  it('with a part that is malformed carries no proof at all, and still says what it asks for', () => {
    const signed = { id: '', timestamp: '', signature: '', payload: '' };
    expect(openEnvelope(JSON.stringify({ ...good, timestamp: 5 }))).toEqual({ payload: TEXT, signed });
  });

  it('is none where the base64 holds null, or a list', () => {
    for (const text of ['null', '[]', '1']) {
      const body = Buffer.from(text.padEnd(6)).toString('base64');
      expect(openEnvelope(body)).toEqual({ payload: body, signed: null });
    }
  });

  it('hands on every signature of the requester, parted by spaces, and no proof of anybody else', () => {
    const { signature } = JSON.parse(sealed({ ...good, signature: 'v1a,one v1,two v1a,three x' }));
    expect(signature).toBe('v1a,one v1a,three');
  });
});

describe('a signature of Zendesk', () => {
  const signed = (time: string, secrets = ['secret']) => {
    const mac = createHmac('sha256', 'secret').update(time).update(CONTENT).digest('base64');
    const headers = new Map([
      ['x-zendesk-webhook-signature', mac],
      ['x-zendesk-webhook-signature-timestamp', time],
    ]);
    return hasZendeskSignature(headers, CONTENT, secrets, NOW);
  };

  it('is of a time in UTC, with thousandths or without', () => {
    for (const time of ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.1Z', '2026-11-23T10:00:00.123Z'])
      expect([time, signed(time)]).toEqual([time, true]);
    for (const time of [
      '2026-11-23T10:00:00',
      '2026-11-23 10:00:00Z',
      'x2026-11-23T10:00:00Z',
      '+002026-11-23T10:00:00Z',
      '2026-11-23T10:00:00Z x',
      'Mon 2026-11-23T10:00:00Z',
      '2026-11-23T10:00:00Z (x)',
      '',
    ])
      expect([time, signed(time)]).toEqual([time, false]);
  });

  it('is by one of the secrets, while they are rotated', () => {
    expect(signed('2026-11-23T10:00:00Z', ['other', 'secret'])).toBe(true);
    expect(signed('2026-11-23T10:00:00Z', ['other'])).toBe(false);
    expect(signed('2026-11-23T10:00:00Z', [])).toBe(false);
  });
});
