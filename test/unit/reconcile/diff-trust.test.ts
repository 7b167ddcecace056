import { describe, expect, it } from 'vitest';
import { type TrustTerms, trustDocument } from '../../../shared/catalogue/trust.ts';
import { isExactTrust } from '../../../shared/reconcile/diff.ts';
import { OWNER, REQUESTER, STRANGER } from '../../kit/accounts.ts';
import { documentedTrust } from '../../kit/procedure.ts';
import {
  allow,
  closedTerms,
  consoleTerms,
  dms,
  EXTERNAL_ID,
  registerTerms,
  structuralTerms,
  text,
  usersTerms,
  VERIFY,
  verifier,
} from '../../kit/role-documents.ts';
import { trustFindings } from '../../kit/views.ts';

const TRIGGER = `acs:ram::${OWNER}:role/dms-handshake-trigger`;
const CLOSED_STRUCTURAL: TrustTerms = { ...closedTerms, verifyRoleArn: null };

const ALL_TERMS: readonly (readonly [string, TrustTerms])[] = [
  ['register', registerTerms],
  ['register, structural', structuralTerms],
  ['register, closed', closedTerms],
  ['register, structural, closed', { ...closedTerms, verifyRoleArn: null }],
  ['console for the account', consoleTerms],
  ['console for users', usersTerms],
  ['console, structural', { ...consoleTerms, verifyRoleArn: null }],
  ['console, closed', { ...consoleTerms, trusted: 'nobody' }],
];

describe('the trust policy', () => {
  it('is exactly the documented one where nobody is to try the role', () => {
    expect(trustDocument(structuralTerms)).toEqual(documentedTrust(REQUESTER));
  });

  it('has one statement more: the verify role, under its external id', () => {
    expect(trustDocument(registerTerms)).toEqual({
      Statement: [...documentedTrust(REQUESTER).Statement, verifier()],
      Version: '1',
    });
  });

  it('of a closed role trusts the verify role only, or a role that may assume nothing', () => {
    expect(trustDocument(closedTerms).Statement).toEqual([verifier()]);
    expect(trustDocument(CLOSED_STRUCTURAL).Statement).toEqual([allow({ RAM: [TRIGGER] })]);
  });

  it.each(ALL_TERMS)('allows somebody, and denies nobody: %s', (_what, terms) => {
    const effects = trustDocument(terms).Statement.map(({ Effect }) => Effect);
    expect([...new Set(effects)]).toEqual(['Allow']);
  });

  it('of a console role trusts the requester’s account, or the users that were named', () => {
    expect(trustDocument(consoleTerms).Statement).toEqual([
      allow({ RAM: [`acs:ram::${REQUESTER}:root`] }),
      verifier(),
    ]);
    expect(trustDocument(usersTerms).Statement[0]).toEqual(
      allow({ RAM: [`acs:ram::${REQUESTER}:user/dba.one`, `acs:ram::${REQUESTER}:user/dba-two`] }),
    );
  });

  it('with 50 users of the longest names fits into what RAM takes', () => {
    const users = Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(64, 'x'));
    expect(JSON.stringify(trustDocument({ ...usersTerms, trusted: users })).length).toBeLessThanOrEqual(
      6_144,
    );
  });

  it.each(ALL_TERMS)('is what is expected of it: %s', (_what, terms) => {
    const trust = JSON.stringify(trustDocument(terms));
    expect(isExactTrust(trust, terms)).toBe(true);
    expect(trustFindings(trust, terms)).toEqual({ granted: [], others: [], unconditional: [] });
  });

  it('of one kind is not exact for another', () => {
    for (const [one, terms] of ALL_TERMS)
      for (const [other, others] of ALL_TERMS)
        if (one !== other && JSON.stringify(trustDocument(terms)) !== JSON.stringify(trustDocument(others)))
          expect([one, other, isExactTrust(JSON.stringify(trustDocument(terms)), others)]).toEqual([
            one,
            other,
            false,
          ]);
  });

  it('may be written in another way', () => {
    const rewritten = `{ "Version": "1", "Statement": [
      { "Principal": { "RAM": "${VERIFY.toUpperCase()}" }, "Effect": "Allow",
        "Condition": { "stringEquals": { "STS:externalid": "${EXTERNAL_ID}" } }, "Action": ["STS:assumeRole"] },
      { "Effect": "Allow", "Principal": { "Service": "${REQUESTER}@DMS.aliyuncs.com" }, "Action": "sts:AssumeRole" } ] }`;
    expect(isExactTrust(rewritten, registerTerms)).toBe(true);
  });

  it('is not exact when the external id is in another case: that is compared with case', () => {
    expect(isExactTrust(text(dms(), verifier(VERIFY, EXTERNAL_ID.toUpperCase())), registerTerms)).toBe(false);
  });
});

type Finding = 'granted' | 'others' | 'unconditional';

describe('a trust policy that was changed', () => {
  /** What was done to a register role's trust, and the finding, alone, that tells of it. `none`: it opens nothing. */
  const rows: readonly [what: string, trust: string, finding: Finding | 'none'][] = [
    ['another UID in the service principal', text(dms(STRANGER), verifier()), 'granted'],
    ['another UID beside the right one', text(dms(), dms(STRANGER), verifier()), 'granted'],
    ['the UID rewritten away', text(allow({ Service: ['dms.aliyuncs.com'] }), verifier()), 'granted'],
    [
      'the plain service beside the right one',
      text(dms(), allow({ Service: ['dms.aliyuncs.com'] }), verifier()),
      'granted',
    ],
    ['DMS gone', text(verifier()), 'granted'],
    ['DMS denied', text(dms(), verifier(), { ...dms(), Effect: 'Deny' }), 'granted'],
    ['everybody denied', text(dms(), verifier(), allow({ RAM: ['*'] }, { Effect: 'Deny' })), 'granted'],
    [
      'DMS under a condition',
      text({ ...dms(), Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } } }, verifier()),
      'granted',
    ],
    ['DMS for every action', text({ ...dms(), Action: 'sts:*' }, verifier()), 'granted'],
    [
      'an extra RAM principal',
      text(dms(), { ...verifier(), Principal: { RAM: [VERIFY, `acs:ram::${STRANGER}:root`] } }),
      'others',
    ],
    [
      'the requester’s own account',
      text(dms(), verifier(), allow({ RAM: [`acs:ram::${REQUESTER}:root`] })),
      'others',
    ],
    [
      'the owner’s own account',
      text(dms(), verifier(), allow({ RAM: [`acs:ram::${OWNER}:root`] })),
      'others',
    ],
    ['everybody', text(dms(), verifier(), allow({ RAM: ['*'] })), 'others'],
    [
      'everybody, as a word',
      text(dms(), verifier(), { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: '*' }),
      'others',
    ],
    [
      'everybody but',
      text(dms(), verifier(), { Action: 'sts:AssumeRole', Effect: 'Allow', NotPrincipal: { RAM: ['x'] } }),
      'others',
    ],
    [
      'an extra service',
      text(
        { ...dms(), Principal: { Service: [`${REQUESTER}@dms.aliyuncs.com`, 'ecs.aliyuncs.com'] } },
        verifier(),
      ),
      'others',
    ],
    [
      'a service that looks like DMS',
      text(dms(), verifier(), allow({ Service: [`${REQUESTER}@dms.aliyuncs.com.example.org`] })),
      'others',
    ],
    [
      'a federation',
      text(dms(), verifier(), allow({ Federated: [`acs:ram::${OWNER}:saml-provider/idp`] })),
      'others',
    ],
    [
      'a stranger under our external id',
      text(dms(), verifier(), verifier(`acs:ram::${STRANGER}:role/x`)),
      'others',
    ],
    ['another external id', text(dms(), verifier(VERIFY, `dms-handshake:${STRANGER}`)), 'others'],
    [
      'any external id',
      text(dms(), { ...verifier(), Condition: { StringLike: { 'sts:ExternalId': ['*'] } } }),
      'others',
    ],
    [
      'the verify role for everything but',
      text(dms(), verifier(), {
        Effect: 'Allow',
        NotAction: 'sts:GetCallerIdentity',
        Principal: { RAM: [VERIFY] },
      }),
      'others',
    ],
    ['the external-id condition gone', text(dms(), allow({ RAM: [VERIFY] })), 'unconditional'],
    [
      'the external-id condition empty',
      text(dms(), allow({ RAM: [VERIFY] }, { Condition: {} })),
      'unconditional',
    ],
    [
      'another condition instead',
      text(dms(), allow({ RAM: [VERIFY] }, { Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } } })),
      'unconditional',
    ],
    [
      'a second way in, without the condition',
      text(dms(), verifier(), allow({ RAM: [VERIFY] })),
      'unconditional',
    ],
    ['the verify principal gone', text(dms()), 'none'],
    // Statements that name nothing, or name it in words that RAM may read otherwise: each is a difference.
    [
      'a statement without an action',
      text(dms(), verifier(), { Effect: 'Allow', Principal: { RAM: ['acs:ram::9:root'] } }),
      'others',
    ],
    [
      'a statement with no actions in its list',
      text(dms(), verifier(), { Effect: 'Allow', Action: [], Principal: { RAM: ['acs:ram::9:root'] } }),
      'others',
    ],
    [
      'a statement for everything but nothing',
      text(dms(), verifier(), { Effect: 'Allow', NotAction: [], Principal: { RAM: ['acs:ram::9:root'] } }),
      'others',
    ],
    [
      'a statement with keys in other letter case',
      text(dms(), verifier(), {
        effect: 'Allow',
        action: 'sts:AssumeRole',
        principal: { RAM: ['acs:ram::9:root'] },
      }),
      'others',
    ],
    [
      'a statement for all resources but none, under our own words',
      text(dms(), verifier(), { ...verifier(), NotResource: [] }),
      'others',
    ],
    [
      'a principal without an account in its list',
      text(dms(), verifier(), { ...verifier(), Principal: { RAM: [] } }),
      'others',
    ],
  ];

  it.each(rows)('%s', (_what, trust, finding) => {
    const findings = trustFindings(trust, registerTerms);
    const found = Object.entries(findings).filter(([, lines]) => lines.length > 0);
    expect(found.map(([name]) => name)).toEqual(finding === 'none' ? [] : [finding]);
    expect(isExactTrust(trust, registerTerms)).toBe(false);
  });

  it.each(['', 'no JSON', '[]', 'null', '{}', '{"Version":"1","Statement":[null]}'])(
    'into "%s": it cannot be read',
    (trust) => {
      expect(trustFindings(trust, registerTerms).granted).toEqual(['the trust policy cannot be read']);
      expect(isExactTrust(trust, registerTerms)).toBe(false);
    },
  );

  it('into nothing trusts nobody: DMS is missing', () => {
    expect(trustFindings(text(), registerTerms)).toEqual({
      granted: [`${REQUESTER}@dms.aliyuncs.com is not trusted as documented`],
      others: [],
      unconditional: [],
    });
  });

  it('by several hands is found by each finding', () => {
    const trust = text(dms(STRANGER), allow({ RAM: [VERIFY] }), allow({ Service: ['ecs.aliyuncs.com'] }));
    const { granted, others, unconditional } = trustFindings(trust, registerTerms);
    expect([granted.length, others.length, unconditional.length]).toEqual([2, 1, 1]);
  });

  it('names whom it trusts', () => {
    expect(
      trustFindings(text(dms(), verifier(), allow({ Service: ['ecs.aliyuncs.com'] })), registerTerms).others,
    ).toEqual(['Allow sts:assumerole for Service ecs.aliyuncs.com']);
  });
});

describe('the trust of other roles', () => {
  it.each([
    ['closed, and DMS is still trusted', closedTerms, text(dms(), verifier()), 'granted'],
    ['closed, structural, and DMS is still trusted', CLOSED_STRUCTURAL, text(dms()), 'granted'],
    [
      'closed, structural, and DMS beside ours',
      CLOSED_STRUCTURAL,
      text(allow({ RAM: [TRIGGER] }), dms()),
      'granted',
    ],
    ['closed, structural, and the verify role is trusted', CLOSED_STRUCTURAL, text(verifier()), 'others'],
    [
      'closed, structural, and the owner’s account',
      CLOSED_STRUCTURAL,
      text(allow({ RAM: [TRIGGER] }), allow({ RAM: [`acs:ram::${OWNER}:root`] })),
      'others',
    ],
    [
      'open, and what only a closed role trusts',
      structuralTerms,
      text(dms(), allow({ RAM: [TRIGGER] })),
      'others',
    ],
    ['structural, and the verify role is trusted', structuralTerms, text(dms(), verifier()), 'others'],
    ['console, and the account is gone', consoleTerms, text(verifier()), 'granted'],
    [
      'console, and a user beside the account',
      consoleTerms,
      text(
        allow({ RAM: [`acs:ram::${REQUESTER}:root`] }),
        verifier(),
        allow({ RAM: [`acs:ram::${REQUESTER}:user/x`] }),
      ),
      'granted',
    ],
    [
      'console for users, and the whole account',
      usersTerms,
      text(allow({ RAM: [`acs:ram::${REQUESTER}:root`] }), verifier()),
      'granted',
    ],
    [
      'console, and another account',
      consoleTerms,
      text(
        allow({ RAM: [`acs:ram::${REQUESTER}:root`] }),
        verifier(),
        allow({ RAM: [`acs:ram::${STRANGER}:root`] }),
      ),
      'others',
    ],
    [
      'console, and DMS',
      consoleTerms,
      text(allow({ RAM: [`acs:ram::${REQUESTER}:root`] }), verifier(), dms()),
      'others',
    ],
    [
      'console, and an account whose UID begins with ours',
      consoleTerms,
      text(
        allow({ RAM: [`acs:ram::${REQUESTER}:root`] }),
        verifier(),
        allow({ RAM: [`acs:ram::${REQUESTER}1:root`] }),
      ),
      'others',
    ],
    [
      'console, without the condition',
      consoleTerms,
      text(allow({ RAM: [`acs:ram::${REQUESTER}:root`] }), allow({ RAM: [VERIFY] })),
      'unconditional',
    ],
  ] as const)('%s', (_what, terms, trust, finding) => {
    const found = Object.entries(trustFindings(trust, terms)).filter(([, lines]) => lines.length > 0);
    expect(found.map(([name]) => name)).toEqual([finding]);
  });
});
