import { expect, it } from 'vitest';
import { jsonText } from '../../../events/json-text.ts';
import { parseRequest } from '../../../events/parse-request.ts';
import { readJson } from '../../../events/read-json.ts';
import { oneLine, quote, visible } from '../../../events/visible.ts';

const MARK = '\ufeff';
const base64 = (bytes: string | readonly number[]) =>
  (typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)).toString('base64');
/** No text, in so many characters of base64. */
const odd = (length: number) => base64([0xb6, ...Array((length * 3) / 4 - 1).fill(0x61)]);

it.each<[what: string, body: string, read: object]>([
  ['JSON', '{"a": 1}', { json: { a: 1 } }],
  ['JSON behind a mark', `${MARK}[]`, { json: [] }],
  ['base64 of JSON', base64('{"a":1}'), { json: { a: 1 } }],
  [
    'the same in lines, behind marks',
    `${MARK}${base64(`${MARK}{"a":1}`).replace(/..../g, '$& \n')}`,
    { json: { a: 1 } },
  ],
  ['base64 without an end', base64('{"a":1}').replace('=', ''), { json: undefined }],
  ['base64 of another alphabet', `${base64('{"a":"?"}')}_`, { json: undefined }],
  ['base64 of what is no JSON', base64('hello'), { json: undefined }],
  ['a word that looks like base64', odd(20), { json: undefined }],
  [
    'base64 of what is no text',
    odd(24),
    { bad: 'in base64 is not UTF-8: byte 0xb6 at line 1, column 1 (byte 1); save or send it as UTF-8' },
  ],
  ['nothing', '', { json: undefined }],
])('%s', (_what, body, read) => {
  expect(readJson(body)).toStrictEqual(read);
});

const FIELDS =
  'requesterUid, engines, action, access, connections, instances, readOnly, expiresAt, users, requestId, breakGlass, reference, traceparent';

it.each<[what: string, body: string, bad: string, readable: object]>([
  [
    'in base64 of what is no text',
    base64([...Buffer.from('{"requesterUid":"1","reference":"'), 0xb6]),
    'the body in base64 is not UTF-8: byte 0xb6 at line 1, column 34 (byte 34); save or send it as UTF-8',
    {},
  ],
  [
    'that is no JSON, of which the first characters are shown',
    'requester 1 would like a redis',
    'the body is not JSON: it begins with "requester 1 woul…"; expected a JSON object, raw or in base64',
    {},
  ],
  [
    'that may hold a secret, which is not shown',
    'token=abc',
    'the body is not JSON: it begins with "token=…"; expected a JSON object, raw or in base64',
    {},
  ],
  [
    'of one word',
    'redis',
    'the body is not JSON: it begins with "redis"; expected a JSON object, raw or in base64',
    {},
  ],
  [
    'that is a list',
    '[1]',
    'the body is a list; expected a JSON object with "requesterUid" and "engines"',
    {},
  ],
  [
    'with fields that nobody knows',
    '{"requesterUid": "1", "engine": ["redis"], "password": "p"}',
    `"engine" (a list) is no field of a request; the nearest is "engines"; all are ${FIELDS}; "password" (not shown) is no field of a request; all are ${FIELDS}`,
    { requesterUid: '1' },
  ],
  [
    'with two mistakes, of which the rest can be read',
    '{"requesterUid": "x", "engines": 5, "requestId": "r", "reference": "t"}',
    'requesterUid is "x": expected a UID: 1 to 16 digits, without sign, space or leading zero; engines is 5: expected a list of engine names, such as ["redis", "lindorm"]',
    { requestId: 'r', reference: 't' },
  ],
])('a request %s', (_what, body, bad, readable) => {
  expect(parseRequest(body)).toStrictEqual({ bad, readable });
});

it('an object that is nested too deep is no JSON, and what cannot be written is an error', () => {
  let deep: object = {};
  for (let n = 0; n < 100_000; n += 1) deep = { deep };
  expect(jsonText({ a: [1] })).toBe('{"a":[1]}');
  expect(jsonText(deep)).toBe('(nested too deep) to be read');
  expect(() => jsonText({ big: 1n })).toThrow(TypeError);
});

it('what cannot be seen is written out', () => {
  const text = 'a\u0000b\u200ec\u{e0001}d\ne 数\u3000';
  expect(visible(text)).toBe('a\\u0000b\\u200ec\\u{e0001}d\ne 数\\u3000');
  expect(oneLine('a\nb\nc')).toBe('a\\u000ab\\u000ac');
  expect(quote('👩'.repeat(80))).toBe(`"${'👩'.repeat(80)}"`);
  expect(quote('👩'.repeat(81))).toBe(`"${'👩'.repeat(80)}…"`);
});
