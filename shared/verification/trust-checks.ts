import type { TrustTerms } from '../catalogue/trust.ts';
import { judgeTrust } from '../reconcile/diff-trust.ts';
import { type Check, type Evidence, fail, pass, REPAIR, skip } from './evidence.ts';

/** Whom the role trusts: those that it is for, exactly as documented, and nobody else but the verify role. */
export function trustChecks({ role, terms }: Evidence): Check[] {
  const whom = terms.access === 'register' ? 'trust-dms' : 'trust-requester';
  if (role === null) return [skip(whom, 'there is no role'), skip('trust-closed', 'there is no role')];
  const { granted, strangers } = judgeTrust(role.trust, terms);
  const others = terms.verifyRoleArn === null ? 'nobody else' : `nobody else but ${terms.verifyRoleArn}`;
  return [
    granted.length === 0 ? pass(whom, describe(terms)) : fail(whom, granted.join('; '), REPAIR),
    strangers.length === 0
      ? pass('trust-closed', `trusts ${others}`)
      : fail('trust-closed', `also trusts: ${strangers.join('; ')}`, REPAIR),
  ];
}

function describe({ access, trusted, requesterUid }: TrustTerms): string {
  if (trusted === 'nobody')
    return access === 'register' ? 'DMS is not trusted' : `account ${requesterUid} is not trusted`;
  if (trusted === 'dms') return `trusts ${requesterUid}@dms.aliyuncs.com exactly as documented`;
  if (trusted === 'account') return `trusts the RAM identities of account ${requesterUid}`;
  return `trusts ${trusted.join(', ')} of account ${requesterUid}`;
}
