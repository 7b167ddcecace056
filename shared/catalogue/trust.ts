import { roleArn } from '../runtime/arn.ts';
import type { Document, Statement } from './document.ts';
import { externalId } from './external-id.ts';
import { type Access, TRIGGER_ROLE } from './names.ts';

/** Who may assume a requester's role. */
export interface TrustTerms {
  readonly access: Access;
  readonly ownerUid: string;
  readonly requesterUid: string;
  /** ARN of the verify function's role; null with `PROBE=structural`, when nobody of the owner is trusted. */
  readonly verifyRoleArn: string | null;
  readonly trusted: Trusted;
}

/**
 * Whom the record grants the role to: DMS acting for the requester (`register`), the requester's account or some of its
 * RAM users (`console`), or nobody, once the role is closed.
 */
export type Trusted = 'nobody' | 'dms' | 'account' | readonly string[];

/**
 * The principal that the vendor documents for DMS acting for another account.
 *
 * Belief trust-dms (documented): RAM takes <uid>@dms.aliyuncs.com as a service of another account, and keeps the
 * trust policy as it was written. Source: "Use DMS across Alibaba Cloud accounts", page of 2025-11-14. Shown wrong
 * by: doctor --live.
 */
export const dmsPrincipal = (requesterUid: string): string => `${requesterUid}@dms.aliyuncs.com`;

/**
 * The trust policy: the documented statement, and the verify role under its external id.
 *
 * Belief trust-two-kinds (documented): a service and a RAM role may stand in one trust policy. Source: the trust
 * policies of DTS and DataWorks. Shown wrong by: doctor --live.
 */
export function trustDocument(terms: TrustTerms): Document {
  const statements = [...granted(terms), ...verifier(terms)];
  return { Statement: statements.length > 0 ? statements : [nobody(terms)], Version: '1' };
}

function granted({ trusted, requesterUid }: TrustTerms): Statement[] {
  if (trusted === 'nobody') return [];
  const principal =
    trusted === 'dms'
      ? { Service: [dmsPrincipal(requesterUid)] }
      : {
          RAM:
            trusted === 'account'
              ? [`acs:ram::${requesterUid}:root`]
              : trusted.map((user) => `acs:ram::${requesterUid}:user/${user}`),
        };
  return [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: principal }];
}

// Belief only-service-assumes (documented): nobody but the service can assume a role that trusts a service alone, so
// that a test needs a second principal. Source: "RAM role overview". Shown wrong by: doctor --live.
function verifier({ verifyRoleArn, requesterUid }: TrustTerms): Statement[] {
  if (verifyRoleArn === null) return [];
  return [
    {
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': [externalId(requesterUid)] } },
      Effect: 'Allow',
      Principal: { RAM: [verifyRoleArn] },
    },
  ];
}

/**
 * Whom a closed role trusts where no verify role is trusted. RAM wants a statement in every trust policy, and no page or
 * public example has one that only denies. So this one allows a role that may assume nothing.
 */
export const trustedByClosed = (ownerUid: string): string => roleArn(ownerUid, TRIGGER_ROLE);

// Belief closed-trust (inferred): RAM takes a trust policy whose only statement allows a role of the same account.
// Source: the grammar of trust policies; no page has the case. Shown wrong by: doctor --live.
const nobody = ({ ownerUid }: TrustTerms): Statement => ({
  Action: 'sts:AssumeRole',
  Effect: 'Allow',
  Principal: { RAM: [trustedByClosed(ownerUid)] },
});
