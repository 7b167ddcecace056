import type { Document, Statement } from '../../shared/catalogue/document.ts';
import { documentIds, type Grants, grants } from '../../shared/catalogue/grants.ts';
import { policyName } from '../../shared/catalogue/names.ts';
import { permissionDocument } from '../../shared/catalogue/permission.ts';
import { type TrustTerms, trustDocument } from '../../shared/catalogue/trust.ts';
import type { Evidence } from '../../shared/verification/evidence.ts';
import { OWNER, REQUESTER } from './accounts.ts';
export const VERIFY = `acs:ram::${OWNER}:role/dms-handshake-verify`;
export const EXTERNAL_ID = `dms-handshake:${REQUESTER}`;

export const registerTerms: TrustTerms = {
  access: 'register',
  ownerUid: OWNER,
  requesterUid: REQUESTER,
  verifyRoleArn: VERIFY,
  trusted: 'dms',
};
export const closedTerms: TrustTerms = { ...registerTerms, trusted: 'nobody' };
export const structuralTerms: TrustTerms = { ...registerTerms, verifyRoleArn: null };
export const consoleTerms: TrustTerms = { ...registerTerms, access: 'console', trusted: 'account' };
export const usersTerms: TrustTerms = { ...consoleTerms, trusted: ['dba.one', 'dba-two'] };

/** The statements that a trust policy consists of. */
export const dms = (uid = REQUESTER): Statement => ({
  Action: 'sts:AssumeRole',
  Effect: 'Allow',
  Principal: { Service: [`${uid}@dms.aliyuncs.com`] },
});
export const verifier = (arn = VERIFY, externalId = EXTERNAL_ID): Statement => ({
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': [externalId] } },
  Effect: 'Allow',
  Principal: { RAM: [arn] },
});
export const allow = (principal: Statement['Principal'], rest: Partial<Statement> = {}): Statement => ({
  Action: 'sts:AssumeRole',
  Effect: 'Allow',
  ...(principal === undefined ? {} : { Principal: principal }),
  ...rest,
});
export const text = (...statements: readonly object[]): string =>
  JSON.stringify({ Statement: statements, Version: '1' });

/** Evidence of a role with which nothing is wrong. */
export function healthy(
  terms: TrustTerms = registerTerms,
  granted: Grants = grants(['redis', 'lindorm', 'rds'], ['vpc']),
): Evidence {
  const register = terms.access === 'register';
  const set = register && terms.trusted === 'dms' ? granted : grants([], []);
  const ids = documentIds(set);
  const document: Document | null = permissionDocument(ids);
  const console = !register && terms.trusted !== 'nobody';
  const wanted = console
    ? ({ name: 'AliyunDMSLoginConsoleAccess', type: 'System' } as const)
    : document === null
      ? null
      : ({ name: policyName(ids), type: 'Custom' } as const);
  return {
    account: OWNER,
    terms,
    role: { name: 'r', arn: `acs:ram::${OWNER}:role/r`, trust: JSON.stringify(trustDocument(terms)) },
    managed: true,
    recorded: true,
    unreadable: [],
    granted: set,
    revoked: [],
    attached: wanted === null ? [] : [wanted],
    wanted,
    policyText: document === null ? null : JSON.stringify(document),
    open:
      terms.verifyRoleArn === null
        ? { kind: 'untried', detail: 'structural' }
        : { kind: 'session', detail: '' },
    shut: { kind: 'denied', detail: 'STS AssumeRole: NoPermission' },
    probes: new Map(
      terms.verifyRoleArn === null
        ? []
        : ids.map((id) => [id, { kind: 'answered', detail: `${id} was allowed` }] as const),
    ),
  };
}
