import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../events/parse-request.ts';

const GRANT = { requesterUid: '1', engines: ['redis'] };
const CONSOLE = { requesterUid: '1', access: 'console' };

/** What is wrong with a grant of this, or with another request; null where nothing is. */
function wrongWith(more: object, base: object = GRANT): string | null {
  const parsed = parseRequest(JSON.stringify({ ...base, ...more }));
  return 'bad' in parsed ? parsed.bad : null;
}

const ID = '"r-bp1zxszhcgatnx01": 1 to 64 of lower-case letters, digits, "-"';
const USER = 'expected a RAM user name: 1 to 64 of letters, digits, ".", "_", "-"';
const WHOLE = 'leave "users" out to trust the whole account';
const TRACE =
  'expected a "traceparent" of the W3C Trace Context: 00-<32 hex digits>-<16 hex digits>-<2 hex digits>, the ids not all zeros';
const LIST = 'expected a list of engine names, such as ["redis", "lindorm"]';
const a = (count: number) => 'a'.repeat(count);
const shown = (text: string) => `"${text.slice(0, 80)}${text.length > 80 ? '…' : ''}"`;
const trace = (version: string, id: string, span: string, flags: string) =>
  `${version}-${id}-${span}-${flags}`;

describe('a field', () => {
  it.each<[object, string | null]>([
    [
      { requesterUid: true },
      'requesterUid is true: expected the UID of the requester as a string of digits, such as "1000000000000001"',
    ],
    [
      { requesterUid: 1e16 },
      'requesterUid is 10000000000000000: a number of this size has lost digits in JSON; write the UID as a string',
    ],
    [{ requesterUid: 5 }, null],
    [
      { requesterUid: '-5' },
      'requesterUid is "-5": expected a UID: 1 to 16 digits, without sign, space or leading zero',
    ],
    [{ engines: 'redis' }, `engines is "redis": ${LIST}`],
    [{ engines: a(65) }, `engines is "${a(65)}": ${LIST}`],
    [{ engines: [5] }, 'engines[0] is 5: expected the name of an engine as a string, such as "redis"'],
    [{ engines: Array(64).fill('redis') }, null],
    [{ engines: Array(65).fill('redis') }, 'engines is a list: expected at most 64 engines'],
    [{ action: 'give' }, 'action is "give": expected "grant", "revoke", "verify" or "extend"'],
    [{ access: 'all' }, 'access is "all": expected "register" or "console"'],
    [{ connections: 'vpc' }, 'connections is "vpc": expected a list of "vpc" and "dedicated-line"'],
    [{ connections: ['lan'] }, 'connections[0] is "lan": expected "vpc" or "dedicated-line"'],
    [{ connections: Array(8).fill('vpc') }, null],
    [{ connections: Array(9).fill('vpc') }, 'connections is a list: expected at most 8 connections'],
    [
      { instances: 'i' },
      'instances is "i": expected engines with their instances, such as {"redis": ["r-bp1zxszhcgatnx01"]}',
    ],
    [
      { instances: {} },
      'instances is an object: expected at least one engine with its instances; leave "instances" out for all of them',
    ],
    [{ instances: { redis: 'r-1' } }, 'instances.redis is "r-1": expected a list of instance ids'],
    [
      { instances: { redis: [] } },
      'instances.redis is an empty list: expected at least one instance id; for a grant that only reads say "readOnly": true',
    ],
    [{ instances: { redis: [5] } }, 'instances.redis[0] is 5: expected the id of an instance as a string'],
    [
      { instances: { redis: ['-r'] } },
      `instances.redis[0] is "-r": expected the id of an instance, such as ${ID}`,
    ],
    [
      { instances: { redis: ['r_'] } },
      `instances.redis[0] is "r_": expected the id of an instance, such as ${ID}`,
    ],
    [{ instances: { redis: [a(64)] } }, null],
    [
      { instances: { redis: [a(65)] } },
      `instances.redis[0] is "${a(65)}": expected the id of an instance, such as ${ID}`,
    ],
    [{ instances: { redis: Array(32).fill('r-1') } }, null],
    [
      { instances: { redis: Array(33).fill('r-1') } },
      'instances.redis is a list: expected at most 32 instance ids',
    ],
    [{ readOnly: 'yes' }, 'readOnly is "yes": expected true or false'],
    [
      { expiresAt: 5 },
      'expiresAt is 5: expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z"',
    ],
    [{ requestId: 5 }, 'requestId is 5: expected a request id as a string'],
    [{ requestId: 'a b' }, 'requestId is "a b": expected 1 to 128 of letters, digits, ".", "_", ":", "-"'],
    [{ breakGlass: 5 }, 'breakGlass is 5: expected the reason of the emergency as a string'],
    [
      { breakGlass: ' ' },
      'breakGlass is " ": expected the reason of the emergency; leave "breakGlass" out if there is none',
    ],
    [{ breakGlass: a(256) }, null],
    [{ breakGlass: a(257) }, `breakGlass is ${shown(a(257))}: expected at most 256 characters`],
    [{ reference: 5 }, 'reference is 5: expected free text as a string, such as a ticket number'],
    [{ reference: a(256) }, null],
    [{ reference: a(257) }, `reference is ${shown(a(257))}: expected at most 256 characters`],
    [{ traceparent: 5 }, 'traceparent is 5: expected a trace context as a string'],
    [{ traceparent: trace('00', a(32), a(16), '01') }, null],
    ...[
      trace('01', a(32), a(16), '01'),
      trace('00', '0'.repeat(32), a(16), '01'),
      trace('00', a(32), '0'.repeat(16), '01'),
      `x${trace('00', a(32), a(16), '01')}`,
      `${trace('00', a(32), a(16), '01')}x`,
    ].map((value): [object, string] => [{ traceparent: value }, `traceparent is ${shown(value)}: ${TRACE}`]),
  ])('%#: %o', (more, bad) => {
    expect(wrongWith(more)).toBe(bad);
  });

  it.each<[object, string | null]>([
    [
      { users: 'somebody-with-a-long-name' },
      'users is "somebody-with-a-long-name": expected a list of RAM user names',
    ],
    [{ users: [] }, `users is an empty list: expected at least one RAM user name; ${WHOLE}`],
    [{ users: [5] }, 'users[0] is 5: expected a RAM user name as a string'],
    [{ users: ['a b'] }, `users[0] is "a b": ${USER}`],
    [{ users: [a(64)] }, null],
    [{ users: [a(65)] }, `users[0] is "${a(65)}": ${USER}`],
    [{ users: Array(14).fill('u') }, null],
    [
      { users: Array(15).fill('u') },
      `users is a list: expected at most 14 RAM user names, one tag of the role each; ${WHOLE}`,
    ],
    [{ engines: ['redis'] }, 'engines is a list: console access knows no engines; leave "engines" out'],
    [
      { connections: ['vpc'] },
      'connections is a list: console access knows no connections; leave "connections" out',
    ],
    [{ readOnly: true }, 'readOnly is true: console access knows no engines; leave "readOnly" out'],
    [
      { instances: { redis: ['r-1'] } },
      'instances is an object: console access knows no engines; leave "instances" out',
    ],
    [
      { breakGlass: 'fire' },
      'breakGlass is "fire": an emergency is about engines; leave "breakGlass" out of console access',
    ],
    [
      { breakGlass: 'fire', action: 'revoke' },
      'breakGlass is "fire": an emergency is about engines; leave "breakGlass" out of console access',
    ],
    [
      { action: 'extend' },
      'expiresAt is missing: expected the new end, such as "2027-01-31T00:00:00Z", or "never"',
    ],
    [{ action: 'revoke' }, null],
    [{ action: 'verify' }, null],
    [{}, null],
  ])('of console access, %#: %o', (more, bad) => {
    expect(wrongWith(more, CONSOLE)).toBe(bad);
  });
});
