import { isExactTrust } from '../access/judge-trust.ts';
import type { Millis } from '../access/millis.ts';
import { MANAGED_BY } from '../access/names.ts';
import type { TrustTerms } from '../access/trust.ts';
import type { Reading } from './observe.ts';

export const isOurs = (tags: ReadonlyMap<string, string>): boolean =>
  tags.get(MANAGED_BY.key) === MANAGED_BY.value;

export const isOurPolicy = isOurs;

/**
 * Whose role this is. A role without our tag is somebody else's, unless this invocation has written it, or it is so
 * young that its tags may not be visible yet and its trust names our verify role, which only we write.
 */
export function ownerOf(
  { role, tags }: Reading,
  terms: Omit<TrustTerms, 'trusted'>,
  now: Millis,
  patienceMs: number,
  written: boolean,
): 'us' | 'somebody' | 'not visible yet' {
  if (role === null || isOurs(tags)) return 'us';
  if (written) return 'not visible yet';
  const young = now - role.createdAt < patienceMs;
  return young && looksWritten(role.trust, terms) ? 'not visible yet' : 'somebody';
}

/** Whether a trust policy is one that we would have created this role with. */
const looksWritten = (trust: string, terms: Omit<TrustTerms, 'trusted'>): boolean =>
  terms.verifyRoleArn !== null &&
  (['nobody', 'dms', 'account'] as const).some((trusted) => isExactTrust(trust, { ...terms, trusted }));
