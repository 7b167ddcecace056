import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NOBODY, readRequesters } from '../../../shared/admission/requesters.ts';
import { RequestersError } from '../../../shared/admission/requesters-faults.ts';
import { pairOf } from '../../kit/signing-keys.ts';

const A = { uid: '1000000000000001', name: 'platform', engines: '*', access: ['register'], topics: ['t-a'] };
const B = {
  uid: '1000000000000003',
  name: 'analytics',
  engines: ['redis'],
  access: ['register'],
  topics: ['t-b'],
};
const KEY = pairOf(1).publicKey;
const OTHER_KEY = pairOf(2).publicKey;
const CLIENT = { name: 'jira', requesters: [A.uid], auth: { type: 'bearer', secretEnv: 'JIRA_TOKEN' } };

const read = (requesters: unknown, clients: unknown = []) =>
  readRequesters(JSON.stringify({ requesters, clients }));

/** What the refusal says; fails for a file that is taken. */
function refusal(requesters: unknown, clients: unknown = []): string {
  try {
    read(requesters, clients);
  } catch (error) {
    if (error instanceof RequestersError) return error.message;
    throw error;
  }
  throw new Error('the file was taken');
}

describe('a file that is taken', () => {
  it('the sample, every field read', () => {
    const text = readFileSync(new URL('../../../events/samples/requesters.json', import.meta.url), 'utf8');
    const { requesters, clients } = readRequesters(text);
    expect(requesters).toEqual([
      {
        uid: '1000000000000001',
        name: 'dba-platform',
        engines: '*',
        access: ['register', 'console'],
        maxDays: 365,
        defaultDays: null,
        noticeDays: [7, 1],
        reviewDays: null,
        unusedDays: null,
        approval: null,
        breakGlass: null,
        requestsPerMinute: 60,
        topics: ['dms-handshake-requests'],
        publicKeys: [KEY],
      },
      {
        uid: '1000000000000003',
        name: 'analytics',
        engines: ['clickhouse', 'selectdb', 'polardbx2'],
        access: ['register'],
        maxDays: 30,
        defaultDays: null,
        noticeDays: [7, 1],
        reviewDays: null,
        unusedDays: null,
        approval: null,
        breakGlass: null,
        requestsPerMinute: 60,
        topics: ['dms-handshake-analytics'],
        publicKeys: [],
      },
    ]);
    expect(clients.map(({ auth, requestAt }) => [auth.type, auth.secretEnv, requestAt])).toEqual([
      ['bearer', ['JIRA_TOKEN', 'JIRA_TOKEN_BEFORE'], null],
      ['zendesk', ['ZENDESK_SECRET'], null],
      ['hub-signature', ['GITHUB_SECRET'], '/deployment/payload'],
      ['standard-webhooks', ['PLATFORM_KEY'], null],
    ]);
  });

  it('the one that is shipped: nobody may ask', () => {
    const text = readFileSync(new URL('../../../requesters.json', import.meta.url), 'utf8');
    expect(readRequesters(text)).toEqual({ requesters: [], clients: [] });
    expect(NOBODY).toEqual(readRequesters(text));
  });

  it('one requester alone needs no binding, and no clients need be listed', () => {
    const { topics: _none, ...unbound } = A;
    expect(readRequesters(JSON.stringify({ requesters: [unbound] })).requesters).toHaveLength(1);
  });

  it('two on one topic, if both sign with keys of their own', () => {
    const shared = [
      { ...A, topics: ['t'], signing: { publicKey: KEY } },
      { ...B, topics: ['t'], signing: { publicKeys: [OTHER_KEY, pairOf(3).publicKey] } },
    ];
    expect(read(shared).requesters.map(({ publicKeys }) => publicKeys.length)).toEqual([1, 2]);
  });
});

describe('a file that is refused', () => {
  const { topics: _none, ...unbound } = A;
  const { topics: _nothing, ...unboundB } = B;
  const cases: [string, unknown, unknown, string[]][] = [
    ['a misspelt field', [{ ...A, maxdays: 3 }], [], ['requesters[0].maxdays', 'nearest is "maxDays"']],
    ['a field of the file', undefined, [], ['requesters is missing', 'a list of requesters']],
    ['no UID', [{ ...A, uid: undefined }], [], ['requesters[0].uid is missing', '1000000000000001']],
    [
      'a UID as a number',
      [{ ...A, uid: 1000000000000001 }],
      [],
      ['requesters[0].uid is 1000000000000001', 'string of digits'],
    ],
    ['letters for a UID', [{ ...A, uid: 'abc' }], [], ['requesters[0].uid is "abc"', '1 to 16 digits']],
    [
      'an unknown engine',
      [{ ...A, engines: ['rediss'] }],
      [],
      ['requesters[0].engines[0] is "rediss"', 'nearest is "redis"'],
    ],
    [
      'no engine',
      [{ ...A, engines: [] }],
      [],
      ['requesters[0].engines is an empty list', 'at least one of engine names'],
    ],
    [
      'a text for engines',
      [{ ...A, engines: 'redis' }],
      [],
      ['requesters[0].engines is "redis"', '"*" or a list'],
    ],
    [
      'an unknown access',
      [{ ...A, access: ['admin'] }],
      [],
      ['requesters[0].access[0] is "admin"', '"register" or "console"'],
    ],
    [
      'a fraction of a day',
      [{ ...A, maxDays: 0.5 }],
      [],
      ['requesters[0].maxDays is 0.5', 'whole number of days'],
    ],
    [
      'no request a minute',
      [{ ...A, requestsPerMinute: 0 }],
      [],
      ['requesters[0].requestsPerMinute is 0', 'at least 1 request'],
    ],
    ['no day', [{ ...A, maxDays: 0 }], [], ['requesters[0].maxDays is 0', 'at least 1 day']],
    ['an ARN for a topic', [{ ...A, topics: ['acs:mns:x'] }], [], ['requesters[0].topics[0]', 'not the ARN']],
    [
      'a private key',
      [{ ...A, signing: { publicKey: 'whsk_AAAA' } }],
      [],
      ['requesters[0].signing.publicKey', '"whpk_"', '32 bytes'],
    ],
    [
      'a short key',
      [{ ...A, signing: { publicKey: 'whpk_AAAA' } }],
      [],
      ['requesters[0].signing.publicKey is "whpk_AAAA"'],
    ],
    [
      'signing without a key',
      [{ ...A, signing: {} }],
      [],
      ['requesters[0].signing', '"publicKeys" while keys are rotated'],
    ],
    [
      'a field of signing',
      [{ ...A, signing: { publickey: KEY } }],
      [],
      ['requesters[0].signing.publickey', 'nearest is "publicKey"'],
    ],
    [
      'a UID twice',
      [A, { ...B, uid: A.uid }],
      [],
      ['requesters[1].uid repeats "1000000000000001" of requesters[0]', 'remove one'],
    ],
    ['a name twice', [A, { ...B, name: A.name }], [], ['requesters[1].name repeats "platform"']],
    [
      'a second one unbound',
      [B, unbound],
      [],
      ['requesters[1] (1000000000000001) has neither "topics" nor "signing"', 'a topic of its own'],
    ],
    ['a first one unbound', [unbound, B], [], ['requesters[0] (1000000000000001) has neither']],
    [
      'one that signs, on the common topic that another is bound to',
      [
        { ...A, topics: ['dms-handshake-requests'] },
        { ...unboundB, signing: { publicKey: KEY } },
      ],
      [],
      ['requesters[1] (1000000000000003) has no "topics"', 'a topic proves one requester'],
    ],
    ...['dms-handshake-upkeep', 'dms-handshake-owner', 'DMS-Handshake-Replies'].map(
      (topic): [string, unknown, unknown, string[]] => [
        `the topic ${topic} of the installation`,
        [{ ...A, topics: [topic] }],
        [],
        [`requesters[0].topics[0] is "${topic}", a topic of the installation itself`],
      ],
    ),
    [
      'a shared topic',
      [A, { ...B, topics: ['t-b', 't-a'] }],
      [],
      ['requesters[1].topics[1] is "t-a"', 'requesters[0]', 'both "signing"'],
    ],
    [
      'a shared topic that one signs for',
      [
        { ...A, signing: { publicKey: KEY } },
        { ...B, topics: ['t-a'] },
      ],
      [],
      ['a shared topic proves nobody'],
    ],
    [
      'a shared key',
      [
        { ...A, signing: { publicKey: KEY } },
        { ...B, signing: { publicKeys: [OTHER_KEY, KEY] } },
      ],
      [],
      ['requesters[1].signing repeats', 'a key of its own'],
    ],
    [
      'a client for an unlisted requester',
      [A],
      [{ ...CLIENT, requesters: [A.uid, '7'] }],
      ['clients[0].requesters[1] is "7"', 'not among the requesters'],
    ],
    ['a client for nobody', [A], [{ ...CLIENT, requesters: [] }], ['clients[0].requesters is an empty list']],
    ['a client twice', [A], [CLIENT, CLIENT], ['clients[1].name repeats "jira" of clients[0]']],
    [
      'an unknown scheme',
      [A],
      [{ ...CLIENT, auth: { type: 'basic', secretEnv: 'X' } }],
      ['clients[0].auth.type is "basic"', 'bearer, standard-webhooks, hub-signature, zendesk'],
    ],
    [
      'a secret beside its name',
      [A],
      [{ ...CLIENT, auth: { ...CLIENT.auth, secret: 'hunter2' } }],
      ['clients[0].auth.secret', 'type, secretEnv'],
    ],
    [
      'a reserved variable',
      [A],
      [{ ...CLIENT, auth: { type: 'bearer', secretEnv: 'FC_TOKEN' } }],
      ['clients[0].auth.secretEnv', 'name of an environment variable'],
    ],
    [
      'a pointer that is none',
      [A],
      [{ ...CLIENT, requestAt: 'deployment.payload' }],
      ['clients[0].requestAt is "deployment.payload"', '"/deployment/payload"'],
    ],
    [
      'a pointer for a requester that signs',
      [{ ...A, signing: { publicKey: KEY } }],
      [{ ...CLIENT, requestAt: '/a' }],
      ['clients[0].requesters[0]', 'must be signed', 'take "requestAt" or that requester out'],
    ],
  ];
  it.each(cases)('%s', (_name, requesters, clients, names) => {
    const message = refusal(requesters, clients);
    expect(message).toMatch(/^requesters\.json is refused: /);
    for (const name of names) expect(message).toContain(name);
  });

  it('never shows what stands where the name of a secret belongs', () => {
    for (const secretEnv of ['s3cr3t-value', ['GOOD', 's3cr3t-value'], ['s3cr3t-value']]) {
      const message = refusal([A], [{ ...CLIENT, auth: { type: 'bearer', secretEnv } }]);
      expect(message).toContain('clients[0].auth.secretEnv');
      expect(message).not.toContain('s3cr3t');
    }
  });

  it.each(['', 'nobody', '[]', 'null', '{"requesters": [}', '{"__proto__": {"requesters": []}}'])(
    'the text %j',
    (text) => {
      expect(() => readRequesters(text)).toThrow(RequestersError);
    },
  );

  it('names the line of what is not JSON, and quotes nothing of it', () => {
    expect(() => readRequesters('{\n"requesters": [\n"s3cr3t" x\n]}')).toThrow(
      /line 3, column \d+: the file is not JSON/,
    );
    expect(() => readRequesters('{\n"requesters": [\n"s3cr3t" x\n]}')).not.toThrow(/s3cr3t/);
  });

  it('with many faults names ten, and how many more there are', () => {
    const message = refusal(Array.from({ length: 15 }, () => ({})));
    expect(message).toMatch(/and \d+ more$/);
  });
});
