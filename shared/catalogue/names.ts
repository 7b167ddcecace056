import { createHash } from 'node:crypto';
import { ACCESS_KINDS, type Access } from '../../events/access.ts';
import { UID } from '../../events/uid.ts';
import type { DocumentId } from './catalogue.ts';

export { ACCESS_KINDS, type Access };

/** The tag on every role and policy of ours. An object of our name without it belongs to somebody else. */
export const MANAGED_BY = { key: 'managed-by', value: 'dms-handshake' } as const;

const ROLE_PREFIX: Readonly<Record<Access, string>> = {
  register: 'dms-cross-account-',
  console: 'dms-console-access-',
};

/** What the names of all roles that this software makes begin with. */
export const ROLE_PREFIXES: readonly string[] = Object.values(ROLE_PREFIX);

/** The role of account B under which the request topic starts provision. Only a service can have a session of it. */
export const TRIGGER_ROLE = 'dms-handshake-trigger';

export const POLICY_PREFIX = 'DmsCrossAccountPolicy-';

/** The vendor's policy that lets somebody log in to the DMS console: `dms-console:*`. */
export const CONSOLE_POLICY = 'AliyunDMSLoginConsoleAccess';

/** Name of the role that a requester's account gets; at most 39 of RAM's 64 characters. */
export const roleName = (access: Access, requesterUid: string): string => ROLE_PREFIX[access] + requesterUid;

/** A role that this software makes, by what its name says. */
export interface RoleId {
  readonly access: Access;
  readonly requesterUid: string;
}

/** The access kind and requester that a role name of ours stands for; null for any other name. */
export function parseRoleName(name: string): RoleId | null {
  for (const access of ACCESS_KINDS) {
    const uid = name.slice(ROLE_PREFIX[access].length);
    if (name.toLowerCase().startsWith(ROLE_PREFIX[access]) && UID.test(uid))
      return { access, requesterUid: uid };
  }
  return null;
}

/**
 * Name of the shared policy that holds the documents of `ids`; at most 123 of RAM's 128 characters. Where modifying
 * rights are for some resources only, it ends in a digest of these, so that roles share a policy only if they may do
 * exactly the same. The digest is cryptographic: nobody can choose resources whose name is that of another policy.
 */
export function policyName(
  ids: readonly DocumentId[],
  resources: ReadonlyMap<DocumentId, readonly string[]> = new Map(),
): string {
  const name = POLICY_PREFIX + [...ids].sort().join('-');
  const limits = [...ids].sort().flatMap((id) => {
    const on = resources.get(id);
    return on === undefined ? [] : [[id, [...on].sort()]];
  });
  if (limits.length === 0) return name;
  return `${name}-${createHash('sha256').update(JSON.stringify(limits)).digest('hex').slice(0, 20)}`;
}

/** Whether a part of a policy's name is the digest of what a set is narrowed to: no engine, and it grants nothing. */
export const isDigest = (part: string): boolean => /^[0-9a-f]{20}$/.test(part);

/** Names of policies that we make and RAM can hold; it refuses to look any other up. */
export const isPolicyName = (name: string): boolean => OUR_POLICY.test(name);

const OUR_POLICY = new RegExp(`^${POLICY_PREFIX}[A-Za-z0-9-]+$`);

export const isOurs = (tags: ReadonlyMap<string, string>): boolean =>
  tags.get(MANAGED_BY.key) === MANAGED_BY.value;
