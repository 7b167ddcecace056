import type { Document } from '../catalogue/document.ts';
import { isOurs } from '../catalogue/names.ts';
import type { TrustTerms } from '../catalogue/trust.ts';
import type { PolicyFacts } from '../ports.ts';
import type { Millis } from '../runtime/millis.ts';
import { mayBeOld } from '../runtime/patience.ts';
import { isExactTrust, permissionDifferences } from './diff.ts';
import type { Reading } from './observe.ts';

/** `not visible yet`: its content is ours, and it is so young that its tags may not be visible yet. */
export type Owner = 'us' | 'somebody' | 'not visible yet';

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
): Owner {
  if (role === null || isOurs(tags)) return 'us';
  if (written) return 'not visible yet';
  const young = mayBeOld(role.createdAt, now, patienceMs);
  return young && looksWritten(role.trust, terms) ? 'not visible yet' : 'somebody';
}

/** Whether a trust policy is one that we would have created this role with. */
const looksWritten = (trust: string, terms: Omit<TrustTerms, 'trusted'>): boolean =>
  terms.verifyRoleArn !== null &&
  (['nobody', 'dms', 'account', usersIn(trust, terms)] as const).some((trusted) =>
    isExactTrust(trust, { ...terms, trusted }),
  );

/** The requester's RAM users that a trust policy names. A console role may trust any of them. */
const usersIn = (trust: string, { requesterUid }: Pick<TrustTerms, 'requesterUid'>): readonly string[] =>
  [...trust.matchAll(new RegExp(`(?<="acs:ram::${requesterUid}:user/)[A-Za-z0-9._-]{1,64}(?=")`, 'gi'))].map(
    ([user]) => user,
  );

/**
 * Whose a policy is, by the rule for roles. The content that only we write is the catalogue's document, word for
 * word.
 */
export function ownerOfPolicy(
  tags: ReadonlyMap<string, string>,
  facts: PolicyFacts | null,
  document: Document,
  now: Millis,
  patienceMs: number,
): Owner {
  if (facts === null || isOurs(tags)) return 'us';
  const young = mayBeOld(facts.updatedAt, now, patienceMs);
  return young && permissionDifferences(facts.text, document).length === 0 ? 'not visible yet' : 'somebody';
}
