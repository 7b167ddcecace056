import type { Document } from '../catalogue/document.ts';
import { isOurs, MANAGED_BY } from '../catalogue/names.ts';
import type { Operation } from '../ports.ts';
import { lastChange } from '../record/expiry.ts';
import { readRecord } from '../record/record.ts';
import { type Desired, isClosed } from './desired.ts';
import { attachmentDifferences } from './diff-attachments.ts';
import { contentDifferences, permissionDifferences } from './diff-permission.ts';
import { rulesOf, rulesOfOurs, sameRules } from './diff-rules.ts';
import { trustDifferences } from './diff-trust.ts';
import { type Difference, NOTHING, REPAIR } from './difference.ts';
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
    ...attachmentDifferences(observed, desired),
    ...contentDifferences(observed, desired),
  ];
}

/** Whether a trust policy says exactly what these terms ask for, whatever the order of its keys and lists. */
export const isExactTrust = (text: string, terms: Desired['terms']): boolean =>
  trustDifferences(text, terms).length === 0;

/** Whether two documents say the same. For documents that no record stands behind, such as those of the installation. */
export const saysTheSame = (text: string, document: Document): boolean => {
  const rules = rulesOf(text);
  return rules !== null && sameRules(rules, rulesOfOurs(document));
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
