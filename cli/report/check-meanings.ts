import type { CHECK_IDS } from '../../events/check.ts';

/** What it means that a check passed, in one sentence: shown over the head of its column. */
const MEANINGS: Readonly<Record<(typeof CHECK_IDS)[number], string>> = {
  'owner-account': 'The functions looked at the owner account that they are configured for.',
  'role-exists': 'RAM has the role.',
  ownership: 'The role carries the tag managed-by=dms-handshake and a record that can be read.',
  'trust-dms': 'The role trusts DMS acting for the requester exactly as documented; a closed role does not.',
  'trust-requester':
    'A console role trusts the account or the named RAM users of the requester, and nobody else there.',
  'trust-closed': 'The role trusts nobody else but the role of verify.',
  'policies-attached': 'The one policy of the granted engines is attached, and no other.',
  'policy-content': 'The policy says what the vendor documents, action for action.',
  'console-policy': 'A console role has the policy AliyunDMSLoginConsoleAccess.',
  'assume-role': 'AssumeRole under the external id gave a session.',
  'assume-role-denied': 'AssumeRole without the external id was denied.',
  'connection:vpc': 'A session of the role was allowed to list VPCs.',
};

const OF_ENGINE =
  'A session of the role was allowed one read of the engine; after a revoke it was refused. Engines without a policy are skipped.';

/** The meaning of a check's id; an empty text for one that this version does not know. */
export const meaningOf = (id: string): string =>
  id.startsWith('engine:')
    ? OF_ENGINE
    : (Object.entries(MEANINGS).find(([known]) => known === id)?.[1] ?? '');
