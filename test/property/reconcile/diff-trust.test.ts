import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TrustTerms, trustDocument } from '../../../shared/catalogue/trust.ts';
import { isExactTrust } from '../../../shared/reconcile/diff.ts';
import { OWNER, REQUESTER, STRANGER } from '../../kit/accounts.ts';
import {
  closedTerms,
  consoleTerms,
  EXTERNAL_ID,
  registerTerms,
  structuralTerms,
  text,
  usersTerms,
  VERIFY,
} from '../../kit/role-documents.ts';
import { trustFindings } from '../../kit/views.ts';

const terms: fc.Arbitrary<TrustTerms> = fc.constantFrom(
  registerTerms,
  structuralTerms,
  closedTerms,
  { ...closedTerms, verifyRoleArn: null },
  consoleTerms,
  usersTerms,
);

const principal = fc.constantFrom<unknown>(
  '*',
  { RAM: '*' },
  { RAM: [VERIFY] },
  { RAM: [`acs:ram::${OWNER}:root`] },
  { RAM: [`acs:ram::${REQUESTER}:root`] },
  { RAM: [`acs:ram::${REQUESTER}:user/dba.one`] },
  { RAM: [`acs:ram::${STRANGER}:root`] },
  { Service: [`${REQUESTER}@dms.aliyuncs.com`] },
  { Service: [`${STRANGER}@dms.aliyuncs.com`] },
  { Service: 'dms.aliyuncs.com' },
  { Service: ['ecs.aliyuncs.com'] },
  { Federated: [`acs:ram::${OWNER}:oidc-provider/x`] },
);
const condition = fc.constantFrom<unknown>(
  undefined,
  {},
  { StringEquals: { 'sts:ExternalId': [EXTERNAL_ID] } },
  { StringEquals: { 'sts:ExternalId': ['other'] } },
  { StringLike: { 'sts:ExternalId': '*' } },
  { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' } },
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom<unknown>('sts:AssumeRole', ['sts:AssumeRole'], 'sts:*', '*'),
  Principal: principal,
  Condition: condition,
});

const findings = (trust: string, one: TrustTerms) => Object.values(trustFindings(trust, one)).flat();

describe('a trust policy', () => {
  it('that says anything more than expected is found, whatever it is', () => {
    fc.assert(
      fc.property(terms, fc.array(statement, { minLength: 1, maxLength: 3 }), (one, added) => {
        const trust = text(...trustDocument(one).Statement, ...added);
        expect(findings(trust, one).length > 0).toBe(!isExactTrust(trust, one));
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not hide it by losing what was expected', () => {
    fc.assert(
      fc.property(terms, fc.array(statement, { maxLength: 3 }), fc.nat(3), (one, added, kept) => {
        const expected = trustDocument(one).Statement;
        const whole = findings(text(...expected, ...added), one);
        if (whole.length > 0) expect(findings(text(...expected.slice(kept), ...added), one)).not.toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is judged without an error, whatever it is', () => {
    fc.assert(
      fc.property(terms, fc.oneof(fc.string(), fc.json({ maxDepth: 4 })), (one, trust) => {
        const exact = isExactTrust(trust, one);
        const { granted, others, unconditional } = trustFindings(trust, one);
        if (exact) expect([granted, others, unconditional]).toEqual([[], [], []]);
      }),
      { numRuns: 1_000 },
    );
  });
});
