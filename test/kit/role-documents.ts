import { isEngine } from '../../shared/catalogue/catalogue.ts';
import type { Statement } from '../../shared/catalogue/document.ts';
import { documentIds, type Grants, grants, NO_GRANTS } from '../../shared/catalogue/grants.ts';
import type { TrustTerms } from '../../shared/catalogue/trust.ts';
import type { Assumed } from '../../shared/ports.ts';
import { attachedForm, desiredRole } from '../../shared/reconcile/desired.ts';
import type { Entry } from '../../shared/record/entry.ts';
import { type AccessRecord, type GrantId, grantedBy, userId } from '../../shared/record/record.ts';
import type { checkRole } from '../../shared/verification/checks.ts';
import { OWNER, REQUESTER } from './accounts.ts';
import { at } from './time.ts';
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

/** A record that grants what these terms trust somebody for. */
export function recordFor(terms: TrustTerms, granted: Grants): AccessRecord {
  const { trusted } = terms;
  const ids: readonly GrantId[] =
    trusted === 'nobody'
      ? []
      : trusted === 'dms'
        ? [...granted.engines, ...granted.connections]
        : trusted === 'account'
          ? ['account']
          : trusted.map(userId);
  const entries = ids.map((id): [GrantId, Entry] => {
    const instances = isEngine(id) ? granted.narrowed.get(id) : undefined;
    return [
      id,
      { state: 'granted', at: at(0), until: null, ...(instances === undefined ? {} : { instances }) },
    ];
  });
  return { entries: new Map(entries), closedAt: trusted === 'nobody' ? at(0) : null, unreadable: [] };
}

/** A session that nobody uses. */
export const SESSION: Assumed = { kind: 'session', session: { expiresAt: at(900) } };

/** What the checks of a role are made from. */
export type Found = Parameters<typeof checkRole>[0];

/** What is found out about a role with which nothing is wrong. */
export function healthy(
  terms: TrustTerms = registerTerms,
  granted: Grants = grants(['redis', 'lindorm', 'rds'], ['vpc']),
): Found {
  const record = recordFor(terms, granted);
  const desired = desiredRole(record, at(1), terms);
  const set = terms.access === 'register' ? grantedBy(record, at(1)) : NO_GRANTS;
  const wanted = attachedForm(desired);
  const structural = terms.verifyRoleArn === null;
  return {
    at: at(1),
    account: OWNER,
    role: {
      name: 'r',
      arn: `acs:ram::${OWNER}:role/r`,
      trust: JSON.stringify(desired.trust),
      createdAt: at(0),
    },
    tags: desired.tags,
    attached: wanted === null ? [] : [wanted],
    policyText: desired.policy?.kind === 'ours' ? JSON.stringify(desired.policy.document) : null,
    desired,
    granted: set,
    revoked: [],
    open: structural ? { kind: 'untried', detail: 'structural' } : SESSION,
    shut: { kind: 'denied', detail: 'STS AssumeRole: NoPermission' },
    probes: new Map(
      structural
        ? []
        : documentIds(set).map((id) => [id, { kind: 'answered', detail: `${id} was allowed` }] as const),
    ),
  };
}
