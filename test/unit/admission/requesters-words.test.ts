import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { RequestersError } from '../../../shared/admission/requesters-faults.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { pairOf } from '../../kit/signing-keys.ts';

const A = { uid: '1000000000000001', name: 'platform', engines: '*', access: ['register'], topics: ['t-a'] };
const B = {
  uid: '1000000000000003',
  name: 'data',
  engines: ['redis'],
  access: ['register'],
  topics: ['t-b'],
};
const KEY = pairOf(1).publicKey;
const OTHER_KEY = pairOf(2).publicKey;
const CLIENT = { name: 'jira', requesters: [A.uid], auth: { type: 'bearer', secretEnv: 'JIRA_TOKEN' } };

const file = (requesters: unknown, clients: unknown = [], more: object = {}): string =>
  JSON.stringify({ requesters, clients, ...more });

/** What is wrong with a file, fault by fault. */
function faults(text: string): readonly string[] {
  try {
    readRequesters(text);
    return [];
  } catch (error) {
    if (!(error instanceof RequestersError)) throw error;
    expect(error.name).toBe('RequestersError');
    // The message has each with its place before it, unless that is the whole file.
    if (error.faults.length <= 10) {
      const [head, ...parts] = error.message.split(/(?<=is refused): |; (?=line \d+, column \d+: )/);
      expect([head, parts.map((part) => part.replace(/^line \d+, column \d+: /, ''))]).toEqual([
        'requesters.json is refused',
        error.faults,
      ]);
    }
    return error.faults;
  }
}

const EXPECTED = 'expected {"requesters": [...], "clients": [...]}';
const OF_A_REQUESTER =
  'all are uid, name, engines, access, maxDays, defaultDays, noticeDays, reviewDays, unusedDays, requestsPerMinute, approval, breakGlass, topics, signing';
const A_UID = 'expected the UID of an account as a string of digits, such as "1000000000000001"';
const WRONG_UID = 'expected a UID: 1 to 16 digits, without sign, space or leading zero';

describe('a text that is no such file', () => {
  it.each(['[]', 'null', '5', '"x"'])('%s is no object', (text) => {
    expect(faults(text)).toEqual([`the file is no object; ${EXPECTED}`]);
  });

  it('and no JSON: the line is named where there is one', () => {
    expect(faults('{\n"requesters": [\n"s" x\n]}')).toEqual([
      `the file is not JSON: this is no value of JSON; put a text in double quotes; ${EXPECTED}`,
    ]);
    expect(() => readRequesters(`{${'\n'.repeat(11)}x`)).toThrow(/line 12, column 1: the file is not JSON/);
    expect(faults('')).toEqual([`the file is empty; ${EXPECTED}`]);
  });
});

describe('a fault is told with its place, what stands there and the way out', () => {
  const rows: readonly [what: string, text: string, said: readonly string[]][] = [
    [
      'fields of the file',
      file([A], [], { extra: 1, request: 2 }),
      [
        'extra is no field; all are requesters, clients, approvers',
        'request is no field; the nearest is "requesters"; all are requesters, clients, approvers',
      ],
    ],
    [
      'a field of a requester',
      file([A, { ...B, maxdays: 1 }]),
      [`requesters[1].maxdays is no field; the nearest is "maxDays"; ${OF_A_REQUESTER}`],
    ],
    [
      'a field of signing',
      file([{ ...A, signing: { publicKey: KEY, keys: 'x' } }]),
      ['requesters[0].signing.keys is no field; the nearest is "publicKeys"; all are publicKey, publicKeys'],
    ],
    [
      'a field of auth',
      file([A], [{ ...CLIENT, auth: { ...CLIENT.auth, secrt: 1 } }]),
      ['clients[0].auth.secrt is no field; all are type, secretEnv'],
    ],
    [
      'a field of a client',
      file([A], [{ ...CLIENT, requester: 1 }]),
      [
        'clients[0].requester is no field; the nearest is "requesters"; all are name, requesters, auth, requestAt',
      ],
    ],
    ['nothing', file([{ ...A, uid: undefined }]), [`requesters[0].uid is missing: ${A_UID}`]],
    ['null', file([{ ...A, uid: null }]), [`requesters[0].uid is null: ${A_UID}`]],
    ['a number', file([{ ...A, uid: 5 }]), [`requesters[0].uid is 5: ${A_UID}`]],
    ['an object', file([{ ...A, uid: {} }]), [`requesters[0].uid is an object: ${A_UID}`]],
    ['a list', file([{ ...A, uid: ['x'] }]), [`requesters[0].uid is a list: ${A_UID}`]],
    ['an empty list', file([{ ...A, uid: [] }]), [`requesters[0].uid is an empty list: ${A_UID}`]],
    [
      'a text of 80 characters',
      file([{ ...A, uid: 'x'.repeat(80) }]),
      [`requesters[0].uid is "${'x'.repeat(80)}": ${WRONG_UID}`],
    ],
    [
      'a text of 81 characters',
      file([{ ...A, uid: `${'x'.repeat(80)}y` }]),
      [`requesters[0].uid is "${'x'.repeat(80)}…": ${WRONG_UID}`],
    ],
    [
      'a secret in the place of its name',
      file([A], [{ ...CLIENT, auth: { type: 'bearer', secretEnv: ['GOOD', 's3cr3t'] } }]),
      [
        'clients[0].auth.secretEnv[1] is a text that is no such name (not shown): expected the name of an environment variable, such as "JIRA_TOKEN"; the secret itself never stands in this file',
      ],
    ],
    [
      'what stands twice',
      file([A, { ...B, uid: A.uid, name: A.name }], [CLIENT, CLIENT]),
      [
        'requesters[1].uid repeats "1000000000000001" of requesters[0]: each may stand there once; remove one',
        'requesters[1].name repeats "platform" of requesters[0]: each may stand there once; remove one',
        'clients[1].name repeats "jira" of clients[0]: each may stand there once; remove one',
      ],
    ],
    [
      'what stands three times',
      file([A, B, { ...B, uid: '7', topics: ['t-c'] }, { ...B, uid: '8', topics: ['t-d'] }]),
      [2, 3].map(
        (index) =>
          `requesters[${index}].name repeats "data" of requesters[1]: each may stand there once; remove one`,
      ),
    ],
    [
      'a key twice in one requester',
      file([{ ...A, signing: { publicKey: KEY, publicKeys: [KEY] } }]),
      [
        `requesters[0].signing repeats "${KEY}" of requesters[0]: whoever holds the private key could speak for both accounts; give each requester a key of its own`,
      ],
    ],
    [
      'an engine that is none',
      file([{ ...A, engines: ['redis', 'rediss'] }]),
      [
        `requesters[0].engines[1] is "rediss": no such engine; the nearest is "redis"; all are ${ALL_ENGINES.join(', ')}`,
      ],
    ],
    [
      'a requester that cannot be told from the other',
      file([B, { ...A, topics: undefined }]),
      [
        'requesters[1] (1000000000000001) has neither "topics" nor "signing": with more than one requester each must be told from the others; give it a topic of its own, or keys to sign with',
      ],
    ],
    [
      'a topic of two',
      file([A, { ...B, topics: ['t-b', 't-a', 't-a'] }]),
      [
        'requesters[1].topics[1] is "t-a", which requesters[0] is bound to as well: a shared topic proves nobody; give each its own, or both "signing"',
      ],
    ],
    [
      'a topic of two of which only the later signs',
      file([A, { ...B, topics: ['t-a'], signing: { publicKey: KEY } }]),
      [
        'requesters[1].topics[0] is "t-a", which requesters[0] is bound to as well: a shared topic proves nobody; give each its own, or both "signing"',
      ],
    ],
    [
      'a topic of the installation, beside a requester that has none and signs',
      file([
        { ...A, topics: undefined, signing: { publicKey: KEY } },
        { ...B, topics: ['dms-handshake-Owner'] },
      ]),
      [
        'requesters[1].topics[0] is "dms-handshake-Owner", a topic of the installation itself, from which no request is taken; give the requester another',
      ],
    ],
    [
      'two that are bound to nothing',
      file([
        { ...A, topics: undefined },
        { ...B, topics: undefined },
      ]),
      [A, B].map(
        ({ uid }, n) =>
          `requesters[${n}] (${uid}) has neither "topics" nor "signing": with more than one requester each must be told from the others; give it a topic of its own, or keys to sign with`,
      ),
    ],
    [
      'an entry that cannot be read hides no fault of the others, and may be the one that a client means',
      file([{ ...A, uid: 7 }, B, { ...B, uid: '9' }], [{ ...CLIENT, requesters: [A.uid, B.uid] }]),
      [
        `requesters[0].uid is 7: ${A_UID}`,
        'requesters[2].name repeats "data" of requesters[1]: each may stand there once; remove one',
        'requesters[2].topics[0] is "t-b", which requesters[1] is bound to as well: a shared topic proves nobody; give each its own, or both "signing"',
      ],
    ],
    [
      'what is no list of requesters may have been the list that a client means',
      file(A, [CLIENT]),
      [expect.stringContaining('requesters is')],
    ],
    [
      'an engine of an emergency that is none, and one that could never be had',
      file([{ ...A, engines: ['redis'], breakGlass: { maxHours: 1, engines: ['foo', 'redis', 'gdb'] } }]),
      [
        `requesters[0].breakGlass.engines[0] is "foo": no such engine; all are ${ALL_ENGINES.join(', ')}`,
        'requesters[0].breakGlass.engines[2] is "gdb", which "engines" of this requester does not name, so it could never be had; name it there, too, or take it out',
      ],
    ],
    [
      'an engine that needs no approval and is none',
      file([{ ...A, approval: { unless: { engines: ['redis', 'foo'] } } }]),
      [
        `requesters[0].approval.unless.engines[1] is "foo": no such engine; all are ${ALL_ENGINES.join(', ')}`,
      ],
    ],
    [
      'a long name of a field, of which the first 64 characters count',
      file([A], [], { [`${'z'.repeat(64)}clients`]: 1 }),
      [`"${'z'.repeat(64)}clients" is no field; all are requesters, clients, approvers`],
    ],
    [
      'a requester that a client may not ask for',
      file(
        [{ ...A, signing: { publicKey: KEY } }],
        [{ ...CLIENT, requestAt: '/a', requesters: [A.uid, '7'] }],
      ),
      [
        'clients[0].requesters[0] is "1000000000000001", whose requests must be signed: a request that is taken out of another body carries no signature of its own; take "requestAt" or that requester out',
        'clients[0].requesters[1] is "7", which is not among the requesters; list it there or take it out here',
      ],
    ],
  ];

  it.each(rows)('%s', (_what, text, said) => {
    expect(faults(text)).toEqual(said);
  });

  it('ten at a time', () => {
    const refused = (count: number) => () =>
      readRequesters(file([A], [], Object.fromEntries([...Array(count).keys()].map((n) => [`f${n}`, n]))));
    expect(refused(10)).toThrow(/f9 is no field; [^;]*$/);
    expect(refused(11)).toThrow(/f9 is no field; [^;]*; and 1 more$/);
    expect(refused(11)).not.toThrow(/f10/);
  });
});

describe('a file is taken', () => {
  it('where two on one topic both sign, or each has its own way of proof', () => {
    const signing = { publicKey: OTHER_KEY };
    expect(faults(file([A, { ...B, topics: undefined, signing }]))).toEqual([]);
    expect(
      faults(
        file([
          { ...A, signing: { publicKey: KEY } },
          { ...B, topics: ['t-a'], signing },
        ]),
      ),
    ).toEqual([]);
    expect(faults(file([{ ...A, topics: ['t-a', 't-a'] }]))).toEqual([]);
  });

  it('where an emergency may be about every engine that the requester has', () => {
    const breakGlass = { maxHours: 1, engines: '*' };
    expect(faults(file([{ ...A, engines: ['redis'], breakGlass }]))).toEqual([]);
    expect(faults(file([{ ...A, breakGlass: { maxHours: 1, engines: ['gdb'] } }]))).toEqual([]);
  });

  it('where a client takes a part of the body for who does not sign, or the whole for who does', () => {
    expect(faults(file([A], [{ ...CLIENT, requestAt: '/a' }]))).toEqual([]);
    expect(faults(file([{ ...A, signing: { publicKey: KEY } }], [CLIENT]))).toEqual([]);
  });
});
