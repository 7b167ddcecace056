import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedSchema } from '../../../../events/signed.ts';
import {
  closingTime,
  openEnvelope,
  requestTime,
  signatureState,
  signedUntil,
  verifySignature,
} from '../../../../shared/admission/authenticate/signed-message.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { cases } from '../../../kit/cases.ts';
import { envelopeOf, NOW, pairOf, SECONDS } from '../../../kit/signing-keys.ts';

const REQUEST = '{"requesterUid":"1000000000000001","engines":["redis"]}';
const KEYS = [pairOf(1).publicKey];
const good = envelopeOf(REQUEST);

/** The verdict about a body as it arrives. */
const verdict = (body: string, keys: readonly string[] = KEYS, now = NOW) =>
  signatureState(openEnvelope(body).signed, keys, now);

describe('a signed request', () => {
  it('is proved and opened, raw and in base64', () => {
    const body = JSON.stringify(good);
    for (const sent of [body, Buffer.from(body).toString('base64')]) {
      expect(verdict(sent)).toBe('valid');
      expect(openEnvelope(sent).payload).toBe(REQUEST);
    }
  });

  it('is the one of the sample', () => {
    const text = readFileSync(new URL('../../../../events/samples/signed.json', import.meta.url), 'utf8');
    const sample = signedSchema.parse(JSON.parse(text));
    expect(verdict(text, KEYS, millis(Number(sample.timestamp) * 1_000))).toBe('valid');
  });

  it('is proved by either key while keys are rotated, and by either signature', () => {
    const [one, two] = [envelopeOf(REQUEST, { seed: 1 }), envelopeOf(REQUEST, { seed: 2 })];
    const both = [pairOf(1).publicKey, pairOf(2).publicKey];
    expect([one, two].map((envelope) => verdict(JSON.stringify(envelope), both))).toEqual(['valid', 'valid']);
    const twice = { ...one, signature: `${two.signature} ${one.signature}` };
    expect(verdict(JSON.stringify(twice))).toBe('valid');
  });

  it('holds from 300 s before the broker’s time to 5 s after it', () => {
    const at = (seconds: number) => verdict(JSON.stringify(good), KEYS, millis(NOW + seconds * 1_000));
    expect([-6, -5, 0, 300, 301].map(at)).toEqual(['invalid', 'valid', 'valid', 'valid', 'invalid']);
  });
});

describe('what is not proved', () => {
  const cases: [string, object][] = [
    ['another key', envelopeOf(REQUEST, { seed: 2 })],
    ['an unknown scheme', { ...good, signature: good.signature.replace('v1a,', 'v2,') }],
    ['a symmetric scheme', { ...good, signature: good.signature.replace('v1a,', 'v1,') }],
    ['no scheme', { ...good, signature: good.signature.slice(4) }],
    ['no signature', { ...good, signature: '' }],
    ['a time with a sign', envelopeOf(REQUEST, { timestamp: `+${SECONDS}` })],
    ['a time with a zero before it', envelopeOf(REQUEST, { timestamp: `0${SECONDS}` })],
    ['a time with a fraction', envelopeOf(REQUEST, { timestamp: `${SECONDS}.0` })],
    ['a time with an exponent', envelopeOf(REQUEST, { timestamp: '1.7e9' })],
    ['a time with space', envelopeOf(REQUEST, { timestamp: ` ${SECONDS}` })],
    ['a time in milliseconds', envelopeOf(REQUEST, { timestamp: String(NOW) })],
    ['an id with a full stop', envelopeOf(REQUEST, { id: 'msg_1.2' })],
    ['an empty id', envelopeOf(REQUEST, { id: '' })],
    ['a time that is a number', { ...good, timestamp: Number(SECONDS) }],
  ];
  it.each(cases)('%s', (_name, envelope) => {
    expect(verdict(JSON.stringify(envelope))).toBe('invalid');
  });

  it('a plain request, or one with other fields', () => {
    for (const body of [REQUEST, JSON.stringify({ ...good, more: 1 }), '[]', 'null', '', 'x', '"id"'])
      expect([verdict(body), openEnvelope(body).payload]).toEqual(['absent', body]);
  });

  it('a shared secret in the place of a public key', () => {
    expect(verifySignature(good, [`whsec_${pairOf(1).publicKey.slice(5)}`], NOW)).toBe('invalid');
    expect(verifySignature(good, [], NOW)).toBe('invalid');
  });
});

describe('an altered byte', () => {
  const fields = ['id', 'timestamp', 'signature', 'payload'] as const;

  it('at every position of a sample, with every bit of it, is refused', () => {
    for (const field of fields)
      for (let at = 0; at < good[field].length; at += 1)
        for (let bit = 0; bit < 7; bit += 1) {
          const char = String.fromCharCode(good[field].charCodeAt(at) ^ (1 << bit));
          const altered = good[field].slice(0, at) + char + good[field].slice(at + 1);
          expect(`${field} ${at} ${verifySignature({ ...good, [field]: altered }, KEYS, NOW)}`).toBe(
            `${field} ${at} invalid`,
          );
        }
  });

  it('in random ones is refused', () => {
    const place = fc.constantFrom(...fields).chain((field) =>
      fc.record({
        field: fc.constant(field),
        at: fc.nat({ max: good[field].length - 1 }),
        char: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      }),
    );
    fc.assert(
      fc.property(place, ({ field, at, char }) => {
        fc.pre(good[field][at] !== char);
        const altered = good[field].slice(0, at) + char + good[field].slice(at + 1);
        expect(verifySignature({ ...good, [field]: altered }, KEYS, NOW)).toBe('invalid');
      }),
      { numRuns: cases(10_000, 10) },
    );
  });

  it('as cut, doubled or swapped parts is refused', () => {
    const { id, timestamp, signature, payload } = good;
    const others = [
      { ...good, payload: `${payload} ` },
      { ...good, id: `${id}.${timestamp}`, timestamp: '1' },
      { ...good, payload: `${timestamp}.${payload}` },
      { ...good, signature: `${signature}=` },
      { ...good, signature: signature.replace('==', '') },
      { ...good, signature: `${signature}\n` },
    ];
    expect(others.map((one) => verifySignature(one, KEYS, NOW))).toEqual(others.map(() => 'invalid'));
  });
});

describe('the time of a request', () => {
  it('is the signed one, so that a copy published later says nothing newer', () => {
    expect(requestTime(good, millis(NOW + 120_000))).toBe(NOW);
    expect(requestTime(good, millis(NOW - 5_000))).toBe(NOW);
    expect(requestTime(null, NOW)).toBe(NOW);
    // Only what was proved has such a time; the rest counts from its publication.
    expect(requestTime({ ...good, timestamp: '+1' }, NOW)).toBe(NOW);
  });

  it('says until when it may have been signed: a timestamp has whole seconds', () => {
    expect(signedUntil(good)).toBe(NOW + 999);
    expect(signedUntil({ ...good, timestamp: 'yesterday' })).toBeNull();
    expect(signedUntil(null)).toBeNull();
  });

  it('of a close by the owner is as much later as a signature may be ahead, where the requester signs', () => {
    expect(closingTime(NOW, [])).toBe(NOW);
    expect(closingTime(NOW, KEYS)).toBe(NOW + 5_000);
  });
});

it('bodies that nobody would send: opened without a crash, and none of them proved', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom(...Object.values(good)), fc.jsonValue());
  const bodies = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.base64String(),
    fc
      .record({ id: part, timestamp: part, signature: part, payload: part })
      .map((one) => JSON.stringify(one)),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      fc.pre(body !== JSON.stringify(good));
      expect(typeof openEnvelope(body).payload).toBe('string');
      expect(verdict(body)).not.toBe('valid');
    }),
    { numRuns: cases(30_000, 10) },
  );
});
