import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../events/parse-request.ts';
import type { Request } from '../../../events/request.ts';
import { MAX_REQUEST_BYTES } from '../../../events/size-limit.ts';
import { REQUESTER } from '../../kit/accounts.ts';

const base = { requesterUid: REQUESTER, engines: ['redis'] };

function accepted(body: string | object): Request {
  const parsed = parseRequest(typeof body === 'string' ? body : JSON.stringify(body));
  if ('bad' in parsed) throw new Error(`refused: ${parsed.bad}`);
  return parsed.request;
}

function refused(body: string | object) {
  const parsed = parseRequest(typeof body === 'string' ? body : JSON.stringify(body));
  if ('request' in parsed) throw new Error(`accepted: ${JSON.stringify(parsed.request)}`);
  return parsed;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const sample = (name: string): string =>
  readFileSync(new URL(`../../../events/samples/${name}.json`, import.meta.url), 'utf8');

describe('a request', () => {
  it('is whole with a UID and engines', () => {
    expect(accepted(base)).toEqual({ ...base, action: 'grant', access: 'register', connections: [] });
  });

  it('may have every field of the contract', () => {
    const full = JSON.parse(sample('request-full'));
    // A time is read: whatever zone it was written in, it goes on in UTC.
    expect(accepted(full)).toEqual({ ...full, expiresAt: new Date(full.expiresAt).toISOString() });
    expect(accepted(JSON.parse(sample('request-console')))).toMatchObject({
      access: 'console',
      users: ['dba.one', 'dba-two'],
    });
  });

  it.each(['engines', 'connections', 'users', 'reference', 'requestId'])(
    'has in %s no object that looks as if it had a length',
    (field) => {
      const odd = { length: { valueOf: null, toString: null } };
      expect(refused({ ...base, [field]: odd }).bad).toMatch(new RegExp(`^${field} is an object: expected `));
    },
  );

  it('is read raw or in base64, broken into lines or not', () => {
    const text = JSON.stringify(base);
    const lines = base64(text).replaceAll(/.{20}/g, '$&\r\n');
    for (const body of [text, ` ${text}\n`, base64(text), `${base64(text)}\n`, lines])
      expect(accepted(body)).toMatchObject(base);
  });

  it('takes a UID as a number that JSON carries whole', () => {
    expect(accepted({ ...base, requesterUid: 1_000_000_000_000_001 }).requesterUid).toBe(REQUESTER);
  });

  it.each(['1', '9'.repeat(16)])('takes the UID %s', (requesterUid) => {
    expect(accepted({ ...base, requesterUid }).requesterUid).toBe(requesterUid);
  });

  it('may revoke engines, or everything, or ask for a report', () => {
    expect(accepted({ ...base, action: 'revoke' }).engines).toEqual(['redis']);
    expect(accepted({ requesterUid: REQUESTER, action: 'revoke' }).engines).toBeUndefined();
    expect(accepted({ requesterUid: REQUESTER, action: 'verify' })).toMatchObject({ action: 'verify' });
  });

  it.each([
    ['an empty one', '{}', 'at least one engine'],
    ['one for a key that a record passes over', '{"__proto__":["r-1"]}', 'instances.__proto__'],
    ['the same beside an engine', '{"redis":["r-1"],"__proto__":["r-2"]}', 'instances.__proto__'],
  ])('narrows or is refused: %s is not dropped', (_what, instances, names) => {
    const body = `{"requesterUid":"${REQUESTER}","engines":["redis"],"instances":${instances}}`;
    expect(refused(body).bad).toContain(names);
  });

  it('keeps a reference as it is', () => {
    const reference = '<DBA> & "4711" \u0000 🙂';
    expect(accepted({ ...base, reference }).reference).toBe(reference);
  });
});

describe('a refusal names the place, what stands there, and the way out', () => {
  const cases: readonly [what: string, body: string | object, ...words: string[]][] = [
    ['not JSON', 'grant redis to 1', 'not JSON', '"grant redis to 1"', 'expected a JSON object'],
    ['half of JSON', '{"requesterUid": "1"', 'not JSON', 'expected a JSON object'],
    ['base64 of no JSON', base64('hello, world'), 'not JSON', 'raw or in base64'],
    ['a trace that is none', { ...base, traceparent: 'x' }, 'traceparent is "x"', 'W3C'],
    [
      'a trace without an id',
      { ...base, traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
      'traceparent is "00-0',
      'not all zeros',
    ],
    ['a wrong UID type', { ...base, requesterUid: true }, 'requesterUid is true', 'a string of digits'],
    ['a missing UID', { engines: ['redis'] }, 'requesterUid is missing', 'a string of digits'],
    ['a UID of letters', { ...base, requesterUid: '12ab' }, 'requesterUid is "12ab"', '1 to 16 digits'],
    ['a UID too long', { ...base, requesterUid: '1'.repeat(17) }, 'requesterUid is', '1 to 16 digits'],
    [
      'a UID with a leading zero',
      { ...base, requesterUid: '012' },
      'requesterUid is "012"',
      '1 to 16 digits',
    ],
    ['a UID with a space', { ...base, requesterUid: ' 12' }, 'requesterUid is " 12"', '1 to 16 digits'],
    [
      'a UID with a line after it',
      { ...base, requesterUid: '12\n' },
      'requesterUid is "12\\n"',
      '1 to 16 digits',
    ],
    ['a negative UID', { ...base, requesterUid: -12 }, 'requesterUid is -12', '1 to 16 digits'],
    [
      'a 17-digit number as UID',
      '{"requesterUid": 12345678901234567, "engines": ["redis"]}',
      'requesterUid is 12345678901234',
      'lost digits',
      'write the UID as a string',
    ],
    ['engines as a word', { ...base, engines: 'redis' }, 'engines is "redis"', '["redis", "lindorm"]'],
    ['engines as an object', { ...base, engines: {} }, 'engines is an object', '["redis", "lindorm"]'],
    ['a number among the engines', { ...base, engines: ['redis', 7] }, 'engines[1] is 7', 'such as "redis"'],
    [
      'a list among the engines',
      { ...base, engines: [['redis']] },
      'engines[0] is a list',
      'such as "redis"',
    ],
    ['no engines to grant', { requesterUid: REQUESTER }, 'engines is missing', 'at least one engine'],
    ['an empty list to grant', { ...base, engines: [] }, 'engines is an empty list', 'at least one engine'],
    [
      'an empty list to revoke',
      { ...base, engines: [], action: 'revoke' },
      'engines is an empty list',
      'leave "engines" out',
    ],
    ['too many engines', { ...base, engines: Array(65).fill('redis') }, 'engines is a list', 'at most 64'],
    [
      'another action',
      { ...base, action: 'GRANT' },
      'action is "GRANT"',
      '"grant", "revoke", "verify" or "extend"',
    ],
    ['another access', { ...base, access: 'admin' }, 'access is "admin"', '"register" or "console"'],
    [
      'another connection',
      { ...base, connections: ['vpn'] },
      'connections[0] is "vpn"',
      '"vpc" or "dedicated-line"',
    ],
    ['connections as a word', { ...base, connections: 'vpc' }, 'connections is "vpc"', 'a list of "vpc"'],
    [
      'a day as expiry',
      { ...base, expiresAt: '2027-01-31' },
      'expiresAt is "2027-01-31"',
      'ISO 8601 with a zone',
    ],
    ['a time without a zone', { ...base, expiresAt: '2027-01-31T00:00:00' }, 'expiresAt is', 'with a zone'],
    ['a number as expiry', { ...base, expiresAt: 1_800_000_000 }, 'expiresAt is 1800000000', 'ISO 8601'],
    [
      'the 30th of February',
      { ...base, expiresAt: '2027-02-30T00:00:00Z' },
      'expiresAt is "2027-02-30',
      'ISO 8601',
    ],
    [
      'an expiry of a revoke',
      { ...base, action: 'revoke', expiresAt: '2027-01-31T00:00:00Z' },
      'expiresAt is',
      'leave "expiresAt" out',
    ],
    ['users of a register role', { ...base, users: ['dba'] }, 'users is a list', '"access": "console"'],
    [
      'no users',
      { requesterUid: REQUESTER, access: 'console', users: [] },
      'users is an empty list',
      'leave "users" out',
    ],
    [
      'a user with a slash',
      { requesterUid: REQUESTER, access: 'console', users: ['a/b'] },
      'users[0] is "a/b"',
      'a RAM user name',
    ],
    [
      'a wildcard as user',
      { requesterUid: REQUESTER, access: 'console', users: ['*'] },
      'users[0] is "*"',
      'a RAM user name',
    ],
    ['engines of a console role', { ...base, access: 'console' }, 'engines is a list', 'leave "engines" out'],
    [
      'connections of a console role',
      { requesterUid: REQUESTER, access: 'console', connections: ['vpc'] },
      'connections is a list',
      'leave "connections" out',
    ],
    ['a request id with a space', { ...base, requestId: 'a b' }, 'requestId is "a b"', '1 to 128 of letters'],
    ['an empty request id', { ...base, requestId: '' }, 'requestId is ""', '1 to 128 of letters'],
    ['a long reference', { ...base, reference: 'x'.repeat(257) }, 'reference is "xxx', 'at most 256'],
    ['a number as reference', { ...base, reference: 4711 }, 'reference is 4711', 'as a string'],
    [
      'an unknown key',
      { ...base, engine: 'redis' },
      '"engine" ("redis")',
      'the nearest is "engines"',
      'expiresAt',
    ],
    [
      'a key in the wrong case',
      { ...base, requestID: 'x' },
      '"requestID" ("x")',
      'the nearest is "requestId"',
    ],
    ['empty', '', 'the body is empty', '"requesterUid"'],
    ['white space', ' \n\t ', 'the body is empty', '"requesterUid"'],
    ['an array', [base], 'the body is a list', 'expected a JSON object'],
    ['an empty array', [], 'the body is an empty list', 'expected a JSON object'],
    ['a text', '"redis"', 'the body is "redis"', 'expected a JSON object'],
    ['a number', '42', 'the body is 42', 'expected a JSON object'],
    ['null', 'null', 'the body is null', 'expected a JSON object'],
    ['70 KB', { ...base, reference: 'x'.repeat(70 * 1024) }, 'bytes', `at most ${MAX_REQUEST_BYTES}`],
    ['a base64 of 70 KB', base64('x'.repeat(70 * 1024)), 'bytes', `at most ${MAX_REQUEST_BYTES}`],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000), 'the body is a list', 'expected a JSON object'],
    [
      'deep nesting in a field',
      `{"requesterUid":"${REQUESTER}","engines":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      'engines[0] is a',
      'such as "redis"',
    ],
    ['deep nesting without an end', '{"a":'.repeat(10_000), 'not JSON', 'expected a JSON object'],
    [
      'the key __proto__',
      `{"__proto__": {"action": "revoke"}, "requesterUid": "${REQUESTER}"}`,
      '"__proto__" (an object)',
      'is no field',
    ],
    ['the key constructor', { ...base, constructor: 'x' }, '"constructor" ("x")', 'is no field'],
    ['the key toString', { ...base, toString: 1 }, '"toString" (1)', 'is no field'],
    ['the key hasOwnProperty', { ...base, hasOwnProperty: null }, '"hasOwnProperty" (null)', 'is no field'],
  ];

  it.each(cases)('%s', (_what, body, ...words) => {
    const { bad } = refused(body);
    for (const word of words) expect(bad).toContain(word);
    expect(bad.length).toBeLessThan(1_500);
  });

  it('counts bytes, not characters', () => {
    const body = JSON.stringify({ ...base, requestId: 'é'.repeat(40_000) });
    expect(body.length).toBeLessThan(MAX_REQUEST_BYTES);
    expect(refused(body).bad).toContain(`at most ${MAX_REQUEST_BYTES}`);
  });

  it('reads a body of exactly the limit', () => {
    const body = JSON.stringify(base).padEnd(MAX_REQUEST_BYTES, ' ');
    expect(accepted(body)).toMatchObject(base);
    expect(refused(`${body} `).bad).toContain('65537 bytes');
  });

  it('names several faults at once, and not more than can be read', () => {
    const { bad } = refused({
      requesterUid: 'x',
      engines: Array(60).fill(1),
      action: 'y',
      requestId: ' ',
    });
    expect(bad.split('; ').length).toBeLessThanOrEqual(5 * 2);
    expect(bad).toContain('requesterUid is "x"');
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index]));
    expect(refused(many).bad.length).toBeLessThan(2_500);
  });

  it('shows no more than 80 characters of a value', () => {
    expect(refused('y'.repeat(5_000)).bad).not.toContain('y'.repeat(81));
    expect(refused({ ...base, ['k'.repeat(5_000)]: 'v'.repeat(5_000) }).bad).not.toMatch(/k{81}|v{81}/);
  });
});

describe('a refusal does not repeat a secret', () => {
  // Found by the scenario `secrets`, seed 1: the value of an unknown field came back in the reply and in the log.
  it.each([
    'password',
    'accessKeySecret',
    'securityToken',
    'Authorization',
    'api_key',
    'passwd',
    'signature',
  ])('that stands in a field %s, which a request has not', (field) => {
    const { bad } = refused({ ...base, [field]: 'hunter2-hunter2' });
    expect(bad).toContain(`"${field}" (not shown) is no field of a request`);
    expect(bad).not.toContain('hunter2');
  });

  it('that stands in a body which is no JSON', () => {
    const { bad } = refused('password=hunter2-hunter2&requesterUid=1');
    expect(bad).toContain('it begins with "password=…"');
  });
});

describe('a refusal still reaches who asked', () => {
  it('with the id, the UID and the reference that were right by themselves', () => {
    const body = {
      requesterUid: REQUESTER,
      requestId: 'change-1',
      reference: 'DBA-1',
      engines: 'redis',
      extra: 1,
    };
    expect(refused(body).readable).toEqual({
      requestId: 'change-1',
      requesterUid: REQUESTER,
      reference: 'DBA-1',
    });
  });

  it('and without those that were not', () => {
    const body = { requesterUid: 'nobody', requestId: 'a b', reference: 1, engines: ['redis'] };
    expect(refused(body).readable).toEqual({});
    expect(refused('[]').readable).toEqual({});
  });

  it('not with what stands on a prototype', () => {
    const body = `{"__proto__": {"requesterUid": "${REQUESTER}", "requestId": "stolen"}}`;
    expect(refused(body).readable).toEqual({});
    expect(Object.keys({})).toEqual([]);
  });
});
