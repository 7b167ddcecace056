import { describe, expect, it } from 'vitest';
import type { Document } from '../../../shared/catalogue/document.ts';
import { isOurs } from '../../../shared/catalogue/names.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { type TrustTerms, trustDocument } from '../../../shared/catalogue/trust.ts';
import { ownerOf, ownerOfPolicy } from '../../../shared/reconcile/ownership.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER, STRANGER } from '../../kit/accounts.ts';
import { consoleTerms, registerTerms, structuralTerms } from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';

const OURS = new Map([['managed-by', 'dms-handshake']]);
const NONE = new Map<string, string>();
const PATIENCE = 60_000;
const trusting = (terms: TrustTerms): string => JSON.stringify(trustDocument(terms));

describe('an object is ours', () => {
  it('by the tag, letter for letter, and by nothing else', () => {
    expect(isOurs(OURS)).toBe(true);
    expect(isOurs(new Map([['dms-engine-redis', 'x'], ...OURS]))).toBe(true);
    expect(isOurs(NONE)).toBe(false);
    for (const [key, value] of [
      ['managed-by', 'DMS-Handshake'],
      ['managed-by', 'dms-handshake '],
      ['managed-by', ''],
      ['Managed-By', 'dms-handshake'],
      ['dms-engine-redis', 'granted 2026-11-23T10:00:00.000Z'],
    ] as const)
      expect(isOurs(new Map([[key, value]]))).toBe(false);
  });
});

const owner = (
  {
    tags = NONE,
    trust = trusting(registerTerms),
    age = 0,
    written = false,
  }: Partial<{
    tags: ReadonlyMap<string, string>;
    trust: string;
    age: number;
    written: boolean;
  }>,
  terms: TrustTerms = registerTerms,
) => {
  const role = { name: 'r', arn: 'acs:ram::2:role/r', trust, createdAt: at(0) };
  return ownerOf({ role, tags, attached: [], policy: null }, terms, millis(at(0) + age), PATIENCE, written);
};

describe('a role', () => {
  it('that is not there is nobody else’s', () => {
    const none = { role: null, tags: NONE, attached: [], policy: null };
    expect(ownerOf(none, registerTerms, at(0), PATIENCE, false)).toBe('us');
  });

  it('with our tag is ours, whatever it says and however old it is', () => {
    expect(owner({ tags: OURS })).toBe('us');
    expect(owner({ tags: OURS, trust: '{}', age: 1e9 })).toBe('us');
  });

  it('that this invocation wrote is waited for', () => {
    expect(owner({ written: true, trust: '{}', age: 1e9 })).toBe('not visible yet');
  });

  it.each([
    ['DMS', registerTerms],
    ['nobody', { ...registerTerms, trusted: 'nobody' }],
    ['the account', consoleTerms],
    ['one user', { ...consoleTerms, trusted: ['dba.one'] }],
    ['several users', { ...consoleTerms, trusted: ['dba.one', 'dba-two', 'dba_3'] }],
    ['a user in capitals', { ...consoleTerms, trusted: ['DBA'] }],
  ] as const)(
    'without it, that says what only we write for %s, is waited for while it is young',
    (_who, terms) => {
      const trust = trusting(terms);
      expect(owner({ trust, age: 0 }, terms)).toBe('not visible yet');
      expect(owner({ trust, age: PATIENCE - 1 }, terms)).toBe('not visible yet');
      expect(owner({ trust, age: PATIENCE }, terms)).toBe('somebody');
    },
  );

  it('without it, that says anything else, is somebody’s however young', () => {
    for (const trust of [
      '{}',
      trusting(structuralTerms),
      trusting({ ...registerTerms, requesterUid: STRANGER }),
      trusting({ ...registerTerms, verifyRoleArn: 'acs:ram::2000000000000002:role/other' }),
      trusting({ ...consoleTerms, requesterUid: STRANGER, trusted: ['dba.one'] }),
      trusting(consoleTerms).replace(`${REQUESTER}:root`, `${REQUESTER}:user/`),
    ])
      expect(owner({ trust })).toBe('somebody');
  });

  it('without it, is somebody’s at once where nothing in its trust is ours alone', () => {
    expect(owner({ trust: trusting(structuralTerms) }, structuralTerms)).toBe('somebody');
  });
});

describe('a policy', () => {
  const document: Document = permissionDocument(['redis']) ?? { Statement: [], Version: '1' };
  const policy = (text: string, tags: ReadonlyMap<string, string>, age: number) =>
    ownerOfPolicy(
      tags,
      { name: 'p', text, attachments: 0, updatedAt: at(0) },
      document,
      millis(at(0) + age),
      PATIENCE,
    );
  const exact = JSON.stringify(document);

  it('that is not there is nobody else’s', () => {
    expect(ownerOfPolicy(NONE, null, document, at(0), PATIENCE)).toBe('us');
  });

  it('with our tag is ours, whatever it says and however old it is', () => {
    expect(policy('{}', OURS, 1e9)).toBe('us');
  });

  it('without it, that says word for word what we write, is waited for while it is young', () => {
    expect(policy(exact, NONE, 0)).toBe('not visible yet');
    expect(policy(exact, NONE, PATIENCE - 1)).toBe('not visible yet');
    expect(policy(exact, NONE, PATIENCE)).toBe('somebody');
  });

  it('without it, that says anything else, is somebody’s however young', () => {
    expect(policy(JSON.stringify(permissionDocument(['gdb'])), NONE, 0)).toBe('somebody');
  });
});
