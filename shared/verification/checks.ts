import { MANAGED_BY } from '../catalogue/names.ts';
import { assumeChecks } from './assume-checks.ts';
import { type Check, type Evidence, fail, pass, REPAIR, skip } from './evidence.ts';
import { policyChecks } from './policy-checks.ts';
import { probeChecks } from './probe-checks.ts';
import { trustChecks } from './trust-checks.ts';

/**
 * Judges a role: every check has one subject, so that a fault is found by the check that names it and by no other.
 * Without a role there is nothing to judge but its absence.
 */
export function checkRole(evidence: Evidence): readonly Check[] {
  return [
    ownerAccount(evidence),
    roleExists(evidence),
    ownership(evidence),
    ...trustChecks(evidence),
    ...policyChecks(evidence),
    ...assumeChecks(evidence),
    ...probeChecks(evidence),
  ];
}

function ownerAccount({ account, terms }: Evidence): Check {
  const id = 'owner-account';
  return account === terms.ownerUid
    ? pass(id, `everything was read in account ${account}`)
    : fail(
        id,
        `read in account ${account}, not in ${terms.ownerUid}`,
        'set OWNER_UID to the account of the functions',
      );
}

function roleExists({ role }: Evidence): Check {
  const id = 'role-exists';
  if (role !== null) return pass(id, role.arn);
  return fail(id, 'there is no such role', 'send the grant again to have it made');
}

function ownership({ role, managed, recorded, unreadable }: Evidence): Check {
  const id = 'ownership';
  if (role === null) return skip(id, 'there is no role');
  if (!managed)
    return fail(
      id,
      `the role lacks the tag ${MANAGED_BY.key}=${MANAGED_BY.value}`,
      'tag it if it is ours; if it is not, it will not be touched',
    );
  if (!recorded && unreadable.length === 0)
    return fail(
      id,
      'the role has our tag and no record: its tags were deleted, or somebody else made it',
      'send the grant again to have it recorded, or take our tag off the role',
    );
  if (unreadable.length === 0) return pass(id, `tagged ${MANAGED_BY.key}=${MANAGED_BY.value}`);
  return fail(id, `cannot read the record in ${unreadable.join(', ')}`, `delete these tags, then ${REPAIR}`);
}
