import { describe, expect, it } from 'vitest';
import type { TrustTerms } from '../../../shared/catalogue/trust.ts';
import { trustDifferences } from '../../../shared/reconcile/diff-trust.ts';
import { REQUESTER, STRANGER } from '../../kit/accounts.ts';
import {
  allow,
  closedTerms,
  consoleTerms,
  dms,
  EXTERNAL_ID,
  registerTerms,
  text,
  usersTerms,
  VERIFY,
  verifier,
} from '../../kit/role-documents.ts';

const ROOT = `acs:ram::${REQUESTER}:root`;
const user = (name: string, rest: object = {}) =>
  allow({ RAM: [`acs:ram::${REQUESTER}:user/${name}`] }, rest);
const root = (rest: object = {}) => allow({ RAM: [ROOT] }, rest);
const OFFICE = { Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } } };
const closedConsole: TrustTerms = { ...consoleTerms, trusted: 'nobody' };
const aliceOnly: TrustTerms = { ...consoleTerms, trusted: ['alice'] };

const checksOf = (terms: TrustTerms, ...statements: readonly object[]) =>
  trustDifferences(text(...statements), terms).map(({ check, detail }) => `${check}: ${detail}`);

describe('the verify role', () => {
  const missing = `assume-role: ${VERIFY} is not trusted under its external id`;

  it('is missing where the trust policy does not name it', () => {
    expect(checksOf(registerTerms, dms())).toEqual([missing]);
    expect(checksOf(registerTerms, dms(), allow({ RAM: [`acs:ram::${STRANGER}:root`] }))).toEqual([
      missing,
      `trust-closed: Allow sts:assumerole for RAM acs:ram::${STRANGER}:root`,
    ]);
  });

  it('is told of once where it is named in another form', () => {
    expect(checksOf(registerTerms, dms(), allow({ RAM: [VERIFY] }))).toEqual([
      `assume-role-denied: ${VERIFY} is trusted without the condition on sts:ExternalId`,
    ]);
    expect(checksOf(registerTerms, dms(), verifier(VERIFY, `${EXTERNAL_ID}0`))).toEqual([
      `trust-closed: Allow sts:assumerole for RAM ${VERIFY} under a condition`,
    ]);
  });
});

describe('what stands in a trust policy and should not', () => {
  /** Whether it may be ours, from another record of this role; else somebody else wrote it. */
  const whose = (terms: TrustTerms, statement: object, ...beside: readonly object[]) =>
    trustDifferences(text(statement, ...beside), terms)
      .filter(({ detail }) => /^(Allow|Deny) |is trusted without/.test(detail))
      .map(({ foreign }) => (foreign === true ? 'of somebody else' : 'ours'));

  it.each([
    ['DMS, on a closed role', closedTerms, dms(), 'ours'],
    ['DMS of another account', closedTerms, dms(STRANGER), 'of somebody else'],
    ['DMS under a condition', closedTerms, { ...dms(), ...OFFICE }, 'of somebody else'],
    ['DMS, on a console role', closedConsole, dms(), 'of somebody else'],
    [
      'the verify role, where it is not to try',
      { ...registerTerms, verifyRoleArn: null },
      verifier(),
      'of somebody else',
    ],
    ['the verify role without its condition', registerTerms, allow({ RAM: [VERIFY] }), 'of somebody else'],
    ['the account, on a closed console role', closedConsole, root(), 'ours'],
    ['a user, on a closed console role', closedConsole, user('alice'), 'ours'],
    ['a user, on a role for another', usersTerms, user('carol'), 'ours'],
    ['a user who is kept out', closedConsole, user('alice', { Effect: 'Deny' }), 'of somebody else'],
    ['a user under a condition', closedConsole, user('alice', OFFICE), 'of somebody else'],
    ['the account under a condition', closedConsole, root(OFFICE), 'of somebody else'],
    ['the account for every action', closedConsole, root({ Action: '*' }), 'of somebody else'],
    ['the account as a service', closedConsole, allow({ Service: [ROOT] }), 'of somebody else'],
    [
      'a role of the account',
      closedConsole,
      allow({ RAM: [`acs:ram::${REQUESTER}:role/x`] }),
      'of somebody else',
    ],
    ['the account, on a role for DMS', registerTerms, root(), 'of somebody else'],
    ['a user, on a role for DMS', registerTerms, user('alice'), 'of somebody else'],
  ] as const)('%s', (_what, terms, statement, expected) => {
    expect(whose(terms, statement)).toEqual([expected]);
  });

  it('is what fills the trust policy of a closed role, which is ours wherever it stands', () => {
    const filler = allow({ RAM: [`acs:ram::${registerTerms.ownerUid}:role/dms-handshake-trigger`] });
    expect(whose(registerTerms, filler, dms(), verifier())).toEqual(['ours']);
  });
});

describe('what a trust policy opens', () => {
  const opened = (terms: TrustTerms, ...statements: readonly object[]) =>
    trustDifferences(text(verifier(), ...statements), terms).map(({ opens }) => opens);

  it('is everything where a closed role lets in whom it was for', () => {
    expect(opened(closedTerms, dms())).toEqual(['everything']);
    expect(opened(closedConsole, user('alice'))).toEqual(['everything']);
  });

  it('is a user who is named and has no grant, and nobody who has one, in whatever form', () => {
    expect(opened(aliceOnly, user('alice'), user('bob'))).toEqual([['user:bob']]);
    expect(opened(aliceOnly, user('alice'), root())).toEqual([['account']]);
    expect(opened(aliceOnly, user('alice'), user('alice', OFFICE))).toEqual([[]]);
    expect(opened({ ...aliceOnly, trusted: ['alice', 'bob'] }, user('alice', OFFICE), user('bob'))).toEqual([
      [],
      [],
    ]);
  });

  it('is nothing where it denies, or names what is no user', () => {
    expect(opened(aliceOnly, user('alice'), user('bob', { Effect: 'Deny' }))).toEqual([[]]);
    expect(opened(aliceOnly, user('alice'), allow({ RAM: [`acs:ram::${REQUESTER}:role/x`] }))).toEqual([[]]);
    expect(opened(registerTerms, dms(), dms(STRANGER))).toEqual([[]]);
  });
});
