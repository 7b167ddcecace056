import { describe, expect, it } from 'vitest';
import { trustDocument } from '../../../shared/catalogue/trust.ts';
import { ownerRoles } from '../../../shared/installation/function-permissions.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { OWNER, REQUESTER, STRANGER } from '../../kit/accounts.ts';
import {
  allow,
  closedTerms,
  consoleTerms,
  dms,
  registerTerms,
  text,
  usersTerms,
  VERIFY,
  verifier,
} from '../../kit/role-documents.ts';
import { letsInEnded, trustFindings } from '../../kit/views.ts';
import { AT } from '../../rights/at.ts';

const user = (name: string) => allow({ RAM: [`acs:ram::${REQUESTER}:user/${name}`] });
const deny = { ...dms(), Effect: 'Deny' as const };

describe('a trust policy lets in whose time is up', () => {
  it('where a closed role still trusts whom it was for, in whatever words', () => {
    expect(letsInEnded(text(dms(), verifier()), closedTerms, ['redis'])).toBe(true);
    expect(letsInEnded(text(dms(STRANGER)), closedTerms, ['redis'])).toBe(true);
    expect(letsInEnded(text(allow({ Service: ['dms.aliyuncs.com'] })), closedTerms, ['redis'])).toBe(true);
    const closed = { ...consoleTerms, trusted: 'nobody' } as const;
    expect(letsInEnded(text(user('somebody-else')), closed, ['user:alice'])).toBe(true);
  });

  it('where one user is out and is still named, and not for one who stays', () => {
    const terms = { ...consoleTerms, trusted: ['bob'] };
    expect(letsInEnded(text(user('alice'), user('bob')), terms, ['user:alice', 'user:bob'])).toBe(true);
    expect(letsInEnded(text(user('bob')), terms, ['user:alice', 'user:bob'])).toBe(false);
    expect(letsInEnded(text(user('carol')), terms, ['user:alice', 'user:bob'])).toBe(false);
    expect(letsInEnded(text(user('ALICE')), terms, ['user:alice'])).toBe(true);
  });
});

describe('a trust policy does not', () => {
  it.each([
    ['that trusts the verify role only', text(verifier())],
    ['that denies', text(deny)],
    ['that trusts others, who are no business of this', text(allow({ RAM: [`acs:ram::${STRANGER}:root`] }))],
    ['that names a service of no DMS', text(allow({ Service: ['x.dms.aliyuncs.com'] }))],
    ['that names DMS as what it is not', text(allow({ RAM: [`${REQUESTER}@dms.aliyuncs.com`] }))],
    ['that cannot be read', 'x'],
  ])('%s', (_what, trust) => {
    expect(letsInEnded(trust, closedTerms, ['redis'])).toBe(false);
  });

  it('while the role is still granted to the same', () => {
    expect(letsInEnded(text(dms()), registerTerms, ['redis'])).toBe(false);
  });
});

describe('what is wrong with a trust policy is told in words', () => {
  it('with whom, and with the condition if there is one', () => {
    const odd = { StringEquals: { 'acs:SourceIp': ['10.0.0.1'] } };
    const { granted, others } = trustFindings(
      text(
        dms(),
        verifier(),
        dms(STRANGER),
        allow({ RAM: [`acs:ram::${STRANGER}:root`] }, { Condition: odd }),
      ),
      registerTerms,
    );
    expect(granted).toEqual([
      `Allow sts:assumerole for Service ${STRANGER}@dms.aliyuncs.com, which is not the documented statement`,
    ]);
    expect(others).toEqual([`Allow sts:assumerole for RAM acs:ram::${STRANGER}:root under a condition`]);
  });

  it('a denial beside the verify role is one, though it names who is trusted', () => {
    const shut = { ...verifier(), Effect: 'Deny' as const };
    expect(trustFindings(text(dms(), verifier(), shut), registerTerms).granted).toEqual([
      expect.stringContaining('which may keep out whom the role is for'),
    ]);
  });

  it('nothing is missing from a closed role without a verify role: its statement only fills the document', () => {
    const terms = { ...closedTerms, verifyRoleArn: null };
    const other = text({ Action: 'sts:AssumeRole', Effect: 'Deny', Principal: { RAM: [VERIFY] } });
    expect(trustFindings(other, terms).granted).toEqual([expect.stringContaining('Deny sts:assumerole')]);
  });

  it('an empty document is not the one that keeps everybody out', () => {
    const terms = { ...consoleTerms, requesterUid: OWNER, trusted: 'nobody', verifyRoleArn: null } as const;
    expect(trustFindings(text(), terms).granted).toEqual(['the statement that keeps everybody out is gone']);
  });

  it('a service of a DMS name is not for the people of a console role, nor a user for DMS', () => {
    expect(
      trustFindings(text(verifier(), user('dba.one'), user('dba-two'), dms()), usersTerms).others,
    ).toHaveLength(1);
    expect(trustFindings(text(verifier(), dms(), user('x')), registerTerms).others).toHaveLength(1);
    const named = allow({ Service: [`acs:ram::${REQUESTER}:root`] });
    expect(
      trustFindings(text(verifier(), user('dba.one'), user('dba-two'), named), usersTerms).others,
    ).toHaveLength(1);
    const unguarded = allow({ Service: [VERIFY] });
    expect(trustFindings(text(dms(), verifier(), unguarded), registerTerms).unconditional).toEqual([]);
  });
});

it('a closed role without a verify role trusts one that may assume nothing', () => {
  const [statement, ...more] = trustDocument({ ...closedTerms, verifyRoleArn: null }).Statement;
  expect(more).toEqual([]);
  expect(statement?.Effect).toBe('Allow');
  const role = ownerRoles(AT).find(({ name }) => statement?.Principal?.['RAM']?.[0] === roleArn(OWNER, name));
  expect(role?.trust.Statement.flatMap(({ Principal }) => Object.keys(Principal ?? {}))).toEqual(['Service']);
  expect(role?.permission.Statement.flatMap(({ Action }) => Action)).toEqual(['fc:InvokeFunction']);
});
