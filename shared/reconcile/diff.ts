import type { Document } from '../catalogue/document.ts';
import { CONNECTIONS } from '../catalogue/engine.ts';
import { CONSOLE_POLICY, isOurs, MANAGED_BY, POLICY_PREFIX } from '../catalogue/names.ts';
import type { AttachedPolicy, Operation } from '../ports.ts';
import { type GrantId, lastChange, readRecord } from '../record/record.ts';
import { atMost } from './at-most.ts';
import { type Desired, isClosed } from './desired.ts';
import { permissionDifferences } from './diff-permission.ts';
import { rulesOf, sameRules } from './diff-rules.ts';
import { trustDifferences } from './diff-trust.ts';
import { type Difference, NOTHING, type Opening, REPAIR } from './difference.ts';
import type { Observed } from './observe.ts';

/**
 * The only place that compares a role with what it should be. The list is complete: an empty one means that the role
 * is what its record says, document by document. It is in the order of the checks. Pure.
 *
 * The plan is the writes of this list, the checks are its report, and an expiry is the part of it that opens something.
 */
export function diff(observed: Observed, desired: Desired): readonly Difference[] {
  return [
    ...ofAccount(observed, desired),
    ...ofRole(observed, desired),
    ...ofRecord(observed, desired),
    ...ofTrust(observed, desired),
    ...ofAttachments(observed, desired),
    ...ofContent(observed, desired),
  ];
}

/** Whether a trust policy says exactly what these terms ask for, whatever the order of its keys and lists. */
export const isExactTrust = (text: string, terms: Desired['terms']): boolean =>
  trustDifferences(text, terms).length === 0;

/** Whether two documents say the same. For documents that no record stands behind, such as those of the installation. */
export const saysTheSame = (text: string, document: Document): boolean => {
  const rules = rulesOf(text);
  return rules !== null && sameRules(rules, rulesOf(JSON.stringify(document)) ?? []);
};

export { permissionDifferences };

function ofAccount({ account }: Observed, { terms }: Desired): Difference[] {
  if (account === terms.ownerUid) return [];
  return [
    {
      check: 'owner-account',
      detail: `read in account ${account}, not in ${terms.ownerUid}`,
      fix: 'set OWNER_UID to the account of the functions',
      write: null,
      opens: NOTHING,
    },
  ];
}

function ofRole({ role }: Observed, desired: Desired): Difference[] {
  if (role !== null) return [];
  const reason = isClosed(desired)
    ? 'keeps the record of a revoke, so that no older grant can come after it'
    : 'the requester has no role yet';
  const { roleName: target, trust, tags } = desired;
  return [
    {
      check: 'role-exists',
      detail: 'there is no such role',
      fix: 'send the grant again to have it made',
      write: { operation: 'create-role', target, reason, trust, tags },
      opens: NOTHING,
    },
  ];
}

function ofRecord({ at, role, tags }: Observed, desired: Desired): Difference[] {
  if (role === null) return [];
  const unwritable = (detail: string, fix: string): Difference => ({
    check: 'ownership',
    detail,
    fix,
    write: null,
    opens: NOTHING,
  });
  const tag = `${MANAGED_BY.key}=${MANAGED_BY.value}`;
  if (!isOurs(tags))
    return [
      unwritable(
        `the role lacks the tag ${tag}`,
        'tag it if it is ours; if it is not, it will not be touched',
      ),
    ];
  const record = readRecord(tags, at);
  const found: Difference[] = [];
  if (record.unreadable.length > 0)
    found.push(
      unwritable(
        `cannot read the record in ${record.unreadable.join(', ')}`,
        `delete these tags, then ${REPAIR}`,
      ),
    );
  const missing = new Map([...desired.tags].filter(([key, value]) => tags.get(key) !== value));
  if (missing.size > 0) {
    const reason = `records ${[...missing.keys()].sort().join(', ')}`;
    const write: Operation = { operation: 'tag-role', target: desired.roleName, reason, tags: missing };
    found.push({ check: 'ownership', detail: reason, fix: REPAIR, write, opens: NOTHING });
  }
  if (desired.freed.length > 0) {
    const reason = `makes room: ${desired.freed.join(', ')} ended more than a day ago`;
    const write: Operation = {
      operation: 'untag-role',
      target: desired.roleName,
      reason,
      keys: desired.freed,
    };
    found.push({ check: 'ownership', detail: reason, fix: REPAIR, write, opens: NOTHING });
  }
  if (missing.size === 0 && lastChange(record) === null && record.unreadable.length === 0)
    found.push(
      unwritable(
        'the role has our tag and no record: its tags were deleted, or somebody else made it',
        'send the grant again to have it recorded, or take our tag off the role',
      ),
    );
  return found;
}

function ofTrust({ role }: Observed, desired: Desired): Difference[] {
  if (role === null) return [];
  const reason = isClosed(desired)
    ? 'nobody is to assume the role any more'
    : 'the trust policy is not the documented one';
  const { roleName: target, trust, terms } = desired;
  const write: Operation = { operation: 'update-trust', target, reason, trust };
  return trustDifferences(role.trust, terms).map((found) => ({ ...found, fix: REPAIR, write }));
}

function ofAttachments({ attached, foreignPolicy = false }: Observed, desired: Desired): Difference[] {
  const { roleName, policy } = desired;
  const wanted = attachedForm(desired);
  const found: Difference[] = [];
  if (wanted !== null && !attached.some((one) => isSame(one, wanted)))
    found.push({
      check: policy?.kind === 'system' ? 'console-policy' : 'policies-attached',
      detail: `${policy?.kind === 'system' ? 'the system policy ' : ''}${wanted.name} is not attached`,
      ...ending(wanted.name, foreignPolicy, {
        operation: 'attach-policy',
        target: wanted.name,
        reason: `to ${roleName}`,
        policy: wanted,
      }),
      opens: NOTHING,
    });
  const foreign = attached.filter((one) => wanted === null || !isSame(one, wanted));
  return [
    ...found,
    ...foreign.map(
      (one): Difference => ({
        check: 'policies-attached',
        detail: `${one.type === 'System' ? 'the system' : 'the'} policy ${one.name} is attached`,
        fix: REPAIR,
        write: detaching(one, roleName),
        opens: openedBy(one, desired),
        ...(isNamedByUs(one, desired) ? {} : { foreign: true as const }),
      }),
    ),
  ];
}

/** Whether a policy is one that some record of this role would have us attach. */
const isNamedByUs = ({ name, type }: AttachedPolicy, { terms }: Desired): boolean =>
  type === 'Custom'
    ? terms.access === 'register' && name.startsWith(POLICY_PREFIX)
    : terms.access === 'console' && name === CONSOLE_POLICY;

/** The write that takes a policy off a role. */
export const detaching = (policy: AttachedPolicy, roleName: string): Operation => ({
  operation: 'detach-policy',
  target: policy.name,
  reason: `from ${roleName}: not what the record grants`,
  policy,
});

/** What an attached policy grants that the desired one does not; the name of a policy of ours says it. */
function openedBy({ name, type }: AttachedPolicy, desired: Desired): Opening {
  const { policy, terms } = desired;
  if (type === 'System')
    return terms.access === 'console' && name === CONSOLE_POLICY ? 'everything' : NOTHING;
  if (!name.startsWith(POLICY_PREFIX)) return NOTHING;
  const stays = (id: string) => policy?.kind === 'ours' && policy.ids.some((one) => one === id);
  const over = name
    .slice(POLICY_PREFIX.length)
    .split('-')
    // The name of a narrowed set ends in a digest, which grants nothing.
    .filter((id) => !stays(id) && !/^[0-9a-f]{20}$/.test(id));
  // A connection is for engines: with the last of them it has ended, too.
  if (over.includes('vpc') && isClosed(desired)) return 'everything';
  return over.flatMap((id) => (id === 'vpc' ? [...CONNECTIONS] : [id as GrantId]));
}

/** The write that ends a difference of the shared policy; none where that policy is somebody else's. */
const ending = (name: string, isForeign: boolean, write: Operation): Pick<Difference, 'fix' | 'write'> =>
  isForeign
    ? {
        fix: `the policy ${name} lacks the tag ${MANAGED_BY.key}=${MANAGED_BY.value}, so it is not touched: rename or delete it, or tag it to hand it over, then send the request again`,
        write: null,
      }
    : { fix: REPAIR, write };

function ofContent({ policyText, foreignPolicy = false }: Observed, { policy }: Desired): Difference[] {
  if (policy?.kind !== 'ours') return [];
  const { name: target, document } = policy;
  const content = (detail: string, write: Operation): Difference => ({
    check: 'policy-content',
    detail,
    ...ending(target, foreignPolicy, write),
    opens: NOTHING,
  });
  if (policyText === null) {
    const reason = 'no policy of this set of engines exists yet';
    return [
      content(`the policy ${target} does not exist`, {
        operation: 'create-policy',
        target,
        reason,
        document,
      }),
    ];
  }
  const details = permissionDifferences(policyText, document);
  const reason = `differs from the catalogue: ${atMost(details)}`;
  const write: Operation = { operation: 'create-policy-version', target, reason, document };
  return details.map((detail): Difference => ({ ...content(detail, write), foreign: true }));
}

/** The desired policy as it stands among a role's attachments. */
export const attachedForm = ({ policy }: Pick<Desired, 'policy'>): AttachedPolicy | null =>
  policy === null ? null : { name: policy.name, type: policy.kind === 'ours' ? 'Custom' : 'System' };

const isSame = (a: AttachedPolicy, b: AttachedPolicy): boolean => a.type === b.type && a.name === b.name;
