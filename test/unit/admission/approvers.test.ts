import { describe, expect, it } from 'vitest';
import { clientFaults, provenClient } from '../../../shared/admission/authenticate/clients.ts';
import { emergencyRules } from '../../../shared/admission/end-rules.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { requesterAs } from '../../kit/requester.ts';
import { NOW, pairOf } from '../../kit/signing-keys.ts';
import { HOUR } from '../../kit/time.ts';

/** Who may approve what, and what needs no approval, as `requesters.json` says it. */

const asker = { uid: '1', name: 'a', engines: '*', access: ['register'], topics: ['t'] };
const key = (seed: number) => pairOf(seed).publicKey;
const read = (rest: object, requester: object = {}) =>
  readRequesters(JSON.stringify({ requesters: [{ ...asker, ...requester }], ...rest }));
const faults = (rest: object, requester: object = {}): string => {
  try {
    read(rest, requester);
    return 'none';
  } catch (error) {
    return String(error);
  }
};

describe('approvers', () => {
  const two = [
    { name: 'ann', publicKey: key(1) },
    { name: 'bob', publicKey: key(2) },
  ];

  it('are those of the file, and nobody where it names none', () => {
    expect(read({ approvers: two }).approvers).toEqual(two);
    expect(read({})).not.toHaveProperty('approvers');
  });

  it('have a name each', () => {
    expect(faults({ approvers: [two[0], { name: 'ann', publicKey: key(2) }] })).toContain(
      'approvers[1].name repeats "ann" of approvers[0]: each may stand there once; remove one',
    );
  });

  it('have a key each, or nobody could tell who said yes', () => {
    expect(faults({ approvers: [two[0], { name: 'bob', publicKey: key(1) }] })).toMatch(
      /approvers\[1\]\.publicKey repeats ".+" of approvers\[0\]: nobody could tell which of the two said yes; give each approver a key of their own/,
    );
  });

  it('have no key of a requester, which would approve what it asks for', () => {
    for (const signing of [{ publicKey: key(2) }, { publicKeys: [key(3), key(2)] }])
      expect(faults({ approvers: two }, { signing })).toContain(
        'approvers[1].publicKey is a key of requesters[0], which could then approve its own requests; give the approver another',
      );
    expect(faults({ approvers: two }, { signing: { publicKey: key(3) } })).toBe('none');
  });

  it('that cannot be read are told of where they stand, and so are requesters beside them', () => {
    expect(faults({ approvers: [{ name: 'ann' }] })).toContain('approvers[0]');
    expect(faults({ approvers: two }, { uid: 1 })).toContain('requesters[0]');
  });
});

describe('what needs no approval', () => {
  const unless = (words: object) => read({}, { approval: { unless: words } }).requesters[0]?.approval?.unless;

  it('is nothing, unless the file says so', () => {
    expect(read({}, { approval: {} }).requesters[0]?.approval).toEqual({ unless: null });
    expect(read({}).requesters[0]?.approval).toBeNull();
  });

  it('is what holds to all that it says', () => {
    expect(unless({ readOnly: true })).toEqual({ readOnly: true, maxDays: null, engines: '*' });
    expect(unless({ maxDays: 7 })).toEqual({ readOnly: false, maxDays: 7, engines: '*' });
    expect(unless({ engines: ['redis'] })).toEqual({
      readOnly: false,
      maxDays: null,
      engines: ['redis'],
    });
  });
});

it('days of notice are told of the most first, each one time', () => {
  expect(read({}, { noticeDays: [1, 30, 7, 30] }).requesters[0]?.noticeDays).toEqual([30, 7, 1]);
});

it('access in an emergency ends after its hours, and at once where there is none', () => {
  const ends = (breakGlass: { maxHours: number; engines: '*' } | null) =>
    emergencyRules(requesterAs({ uid: '1', breakGlass })).defaultEnd(NOW);
  expect(ends({ maxHours: 4, engines: '*' })).toBe(NOW + 4 * HOUR);
  expect([ends(null), emergencyRules(undefined).latestEnd(NOW)]).toEqual([NOW, NOW]);
});

describe('the secret of a client', () => {
  const client = {
    name: 'jira',
    requesters: ['1'],
    requestAt: null,
    auth: { type: 'bearer', secretEnv: ['TOKEN'] },
  } as const;
  const told = (TOKEN?: string) => clientFaults([client], TOKEN === undefined ? {} : { TOKEN });
  const good = 'x'.repeat(40);

  it('counts without the white space that an editor leaves around it', () => {
    const sent = (token: string) => ({
      headers: new Map([['authorization', `Bearer ${token}`]]),
      body: Buffer.from(''),
      at: NOW,
    });
    const received = sent(good);
    expect(provenClient(received, [client], { TOKEN: ` ${good}\n` })).toBe(client);
    expect(provenClient(received, [client], { TOKEN: `x ${good}` })).toBeNull();
    expect(provenClient(sent(''), [client], { TOKEN: ' ' })).toBeNull();
  });

  it('is told of where it is not there, has white space around it, or a control character in it', () => {
    expect(told(good)).toEqual([]);
    expect(told()).toEqual(['client jira: the environment variable TOKEN is not set']);
    expect(told(' \n')).toEqual(['client jira: the environment variable TOKEN is not set']);
    expect(told(` ${good}\n`)).toEqual([
      'client jira: TOKEN begins or ends with white space, which is left out; set it without',
    ]);
    expect(told(`${good}\u0007${good}`)).toEqual([
      'client jira: TOKEN holds a control character inside of the secret; set it anew',
    ]);
  });
});
