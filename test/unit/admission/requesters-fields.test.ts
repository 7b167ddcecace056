import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { RequestersError } from '../../../shared/admission/requesters-faults.ts';
import { pairOf } from '../../kit/signing-keys.ts';

const A = { uid: '1', name: 'a', engines: '*', access: ['register'] };
const KEY = pairOf(1).publicKey;

/** The faults of a requester with this. */
function faultsOf(more: object): readonly string[] {
  try {
    readRequesters(JSON.stringify({ requesters: [{ ...A, ...more }] }));
    return [];
  } catch (error) {
    if (error instanceof RequestersError) return error.faults;
    throw error;
  }
}

const ENGINE = 'expected the name of an engine, such as "redis"';
const ENGINES = 'expected "*" or a list of engine names, such as ["redis", "lindorm"]';
const NAME = 'expected 1 to 64 characters, of any script, none of which is a control character or unseen';
const DAYS = 'expected a whole number of days';
const PUBLIC_KEY = 'expected "whpk_" and the base64 of the 32 bytes of an Ed25519 public key';
const TOPIC = 'expected a topic name: letters, digits and "-", not the ARN';
const ACCESS = 'expected a list of "register" and "console"';
const many = (count: number) => Array.from({ length: count }, (_, n) => `t${n}`);

describe('a requester', () => {
  it.each<[object, string | null]>([
    [{ uid: '1000000000000001' }, null],
    [{ uid: '01' }, 'uid is "01": expected a UID: 1 to 16 digits, without sign, space or leading zero'],
    [{ name: 1 }, 'name is 1: expected a short name for people to read, such as "dba-platform"'],
    [{ name: '数据 库' }, null],
    [{ name: '👩'.repeat(64) }, null],
    [{ name: 'n'.repeat(65) }, `name is "${'n'.repeat(65)}": ${NAME}`],
    [{ name: ' ' }, `name is " ": ${NAME}`],
    [{ name: 'a\u200bb' }, `name is "a\\u200bb": ${NAME}`],
    [{ name: 'a\u200db' }, null],
    [{ engines: 'redis' }, `engines is "redis": ${ENGINES}`],
    [{ engines: 5 }, `engines is 5: ${ENGINES}`],
    [{ engines: [] }, 'engines is an empty list: expected at least one of engine names'],
    [{ engines: [7] }, `engines is a list: ${ENGINES}`],
    [{ access: 'register' }, `access is "register": ${ACCESS}`],
    [{ access: ['all'] }, 'access[0] is "all": expected "register" or "console"'],
    [{ access: [] }, 'access is an empty list: expected at least one of "register" and "console"'],
    [
      { access: ['register', 'console', 'register'] },
      'access is a list: expected at most 2 of "register" and "console"',
    ],
    [{ maxDays: 1.5 }, `maxDays is 1.5: ${DAYS}`],
    [{ maxDays: 1 }, null],
    [{ maxDays: 0 }, 'maxDays is 0: expected at least 1 day'],
    [{ maxDays: 3_650 }, null],
    [{ maxDays: 3_651 }, 'maxDays is 3651: expected at most 3650 days; leave "maxDays" out for no limit'],
    [{ defaultDays: 'x' }, `defaultDays is "x": ${DAYS}`],
    [{ defaultDays: 1 }, null],
    [{ defaultDays: 0 }, 'defaultDays is 0: expected at least 1 day'],
    [{ defaultDays: 3_650 }, null],
    [
      { defaultDays: 3_651 },
      'defaultDays is 3651: expected at most 3650 days; leave "defaultDays" out for no end',
    ],
    [{ noticeDays: 7 }, 'noticeDays is 7: expected a list of days, such as [7, 1]'],
    [{ noticeDays: [] }, null],
    [{ noticeDays: ['x'] }, `noticeDays[0] is "x": ${DAYS}`],
    [{ noticeDays: [1, 365] }, null],
    [{ noticeDays: [0] }, 'noticeDays[0] is 0: expected at least 1 day'],
    [{ noticeDays: [366] }, 'noticeDays[0] is 366: expected at most 365 days'],
    [{ noticeDays: [8, 7, 6, 5, 4, 3, 2, 1] }, null],
    [{ noticeDays: [9, 8, 7, 6, 5, 4, 3, 2, 1] }, 'noticeDays is a list: expected at most 8 days'],
    [{ reviewDays: 'x' }, `reviewDays is "x": ${DAYS}`],
    [{ reviewDays: 1 }, null],
    [{ reviewDays: 0 }, 'reviewDays is 0: expected at least 1 day'],
    [{ reviewDays: 3_650 }, null],
    [
      { reviewDays: 3_651 },
      'reviewDays is 3651: expected at most 3650 days; leave "reviewDays" out for no review',
    ],
    [{ unusedDays: 'x' }, `unusedDays is "x": ${DAYS}`],
    [{ unusedDays: 1 }, null],
    [{ unusedDays: 0 }, 'unusedDays is 0: expected at least 1 day'],
    [{ unusedDays: 90 }, null],
    [{ unusedDays: 91 }, 'unusedDays is 91: expected at most 90 days: ActionTrail keeps no more'],
    [{ requestsPerMinute: 1.5 }, 'requestsPerMinute is 1.5: expected a whole number of requests'],
    [{ requestsPerMinute: 1 }, null],
    [{ requestsPerMinute: 0 }, 'requestsPerMinute is 0: expected at least 1 request a minute'],
    [{ requestsPerMinute: 6_000 }, null],
    [{ requestsPerMinute: 6_001 }, 'requestsPerMinute is 6001: expected at most 6000 requests a minute'],
    [{ topics: 't' }, 'topics is "t": expected a list of topic names'],
    [{ topics: [] }, 'topics is an empty list: expected at least one of topic names'],
    [{ topics: many(16) }, null],
    [{ topics: many(17) }, 'topics is a list: expected at most 16 of topic names'],
    [{ topics: [5] }, 'topics[0] is 5: expected the name of a topic'],
    [{ topics: ['t'.repeat(256)] }, null],
    [{ topics: ['-t'] }, `topics[0] is "-t": ${TOPIC}`],
    [{ topics: ['t/'] }, `topics[0] is "t/": ${TOPIC}`],
    [{ signing: {} }, 'signing is an object: expected "publicKey", or "publicKeys" while keys are rotated'],
    [{ signing: { publicKey: KEY } }, null],
    [{ signing: { publicKeys: [KEY] } }, null],
    [{ signing: { publicKey: 1 } }, 'signing.publicKey is 1: expected a public key as a string'],
    [{ signing: { publicKey: `x${KEY}` } }, `signing.publicKey is "x${KEY}": ${PUBLIC_KEY}`],
    [{ signing: { publicKey: `${KEY}x` } }, `signing.publicKey is "${KEY}x": ${PUBLIC_KEY}`],
    [
      { signing: { publicKeys: [] } },
      'signing.publicKeys is an empty list: expected at least one of public keys',
    ],
    [
      { approval: { unless: { readOnly: false } } },
      'approval.unless.readOnly is false: expected true; leave "readOnly" out for grants of any kind',
    ],
    [{ approval: { unless: { maxDays: 'x' } } }, `approval.unless.maxDays is "x": ${DAYS}`],
    [{ approval: { unless: { maxDays: 1 } } }, null],
    [{ approval: { unless: { maxDays: 0 } } }, 'approval.unless.maxDays is 0: expected at least 1 day'],
    [{ approval: { unless: { maxDays: 3_650 } } }, null],
    [
      { approval: { unless: { maxDays: 3_651 } } },
      'approval.unless.maxDays is 3651: expected at most 3650 days; leave "maxDays" out for any end',
    ],
    [
      { approval: { unless: { engines: 'x' } } },
      'approval.unless.engines is "x": expected a list of engine names',
    ],
    [{ approval: { unless: { engines: [7] } } }, `approval.unless.engines[0] is 7: ${ENGINE}`],
    [{ approval: { unless: { engines: Array(64).fill('redis') } } }, null],
    [
      { approval: { unless: { engines: Array(65).fill('redis') } } },
      'approval.unless.engines is a list: expected at most 64 of engine names',
    ],
    [
      { approval: { unless: {} } },
      'approval.unless is an object: expected at least one of "readOnly", "maxDays" and "engines"; leave "unless" out to have everything approved, or "approval" to have nothing approved',
    ],
    [{ breakGlass: { maxHours: 'x' } }, 'breakGlass.maxHours is "x": expected a whole number of hours'],
    [{ breakGlass: { maxHours: 1 } }, null],
    [{ breakGlass: { maxHours: 0 } }, 'breakGlass.maxHours is 0: expected at least 1 hour'],
    [{ breakGlass: { maxHours: 168 } }, null],
    [{ breakGlass: { maxHours: 169 } }, 'breakGlass.maxHours is 169: expected at most 168 hours'],
    [{ breakGlass: { maxHours: 1, engines: 5 } }, `breakGlass.engines is 5: ${ENGINES}`],
  ])('%#: with %o: %s', (more, fault) => {
    expect(faultsOf(more)).toEqual(fault === null ? [] : [`requesters[0].${fault}`]);
  });
});
