import { assumeChecks } from './assume-checks.ts';
import { type Check, type Evidence, fail, pass, skip } from './evidence.ts';
import { documentIds } from './grants.ts';
import { MANAGED_BY } from './names.ts';
import { permissionDifferences } from './permission.ts';
import { probeChecks } from './probe-checks.ts';
import { judgeTrust } from './trust.ts';

const REPAIR =
  'send the grant again: it restores what the record says; find out who changed it in ActionTrail';

/**
 * Judges a `register` role: every check has one subject, so that a fault is found by the check that names it and by no
 * other. Without a role there is nothing to judge but its absence.
 */
export function checkRole(evidence: Evidence): readonly Check[] {
  return [
    ownerAccount(evidence),
    roleExists(evidence),
    ownership(evidence),
    ...trustChecks(evidence),
    policiesAttached(evidence),
    policyContent(evidence),
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

function ownership({ role, managed, unreadable }: Evidence): Check {
  const id = 'ownership';
  if (role === null) return skip(id, 'there is no role');
  if (!managed)
    return fail(
      id,
      `the role lacks the tag ${MANAGED_BY.key}=${MANAGED_BY.value}`,
      'tag it if it is ours; if it is not, it will not be touched',
    );
  if (unreadable.length === 0) return pass(id, `tagged ${MANAGED_BY.key}=${MANAGED_BY.value}`);
  return fail(id, `cannot read the record in ${unreadable.join(', ')}`, `delete these tags, then ${REPAIR}`);
}

function trustChecks({ role, terms }: Evidence): Check[] {
  if (role === null) return [skip('trust-dms', 'there is no role'), skip('trust-closed', 'there is no role')];
  const { dms, strangers } = judgeTrust(role.trust, terms);
  const whom = terms.closed
    ? 'DMS is not trusted'
    : `trusts ${terms.requesterUid}@dms.aliyuncs.com exactly as documented`;
  const others = terms.verifyRoleArn === null ? 'nobody else' : `nobody else but ${terms.verifyRoleArn}`;
  return [
    dms.length === 0 ? pass('trust-dms', whom) : fail('trust-dms', dms.join('; '), REPAIR),
    strangers.length === 0
      ? pass('trust-closed', `trusts ${others}`)
      : fail('trust-closed', `also trusts: ${strangers.join('; ')}`, REPAIR),
  ];
}

function policiesAttached({ role, attached, policyName }: Evidence): Check {
  const id = 'policies-attached';
  if (role === null) return skip(id, 'there is no role');
  const wanted = (policy: { name: string; type: string }) =>
    policy.type === 'Custom' && policy.name === policyName;
  const missing = policyName !== null && !attached.some(wanted) ? [`${policyName} is not attached`] : [];
  const foreign = attached
    .filter((policy) => !wanted(policy))
    .map(({ name, type }) => `${type} policy ${name} is attached`);
  const faults = [...missing, ...foreign];
  if (faults.length > 0) return fail(id, faults.join('; '), REPAIR);
  return pass(
    id,
    policyName === null ? 'no policy is attached, and none is needed' : `${policyName}, and no other`,
  );
}

function policyContent({ role, granted, policyName, policyText }: Evidence): Check {
  const id = 'policy-content';
  if (role === null) return skip(id, 'there is no role');
  if (policyName === null) return skip(id, 'these engines need no permission policy');
  if (policyText === null) return fail(id, `the policy ${policyName} does not exist`, REPAIR);
  const differences = permissionDifferences(policyText, documentIds(granted));
  return differences.length === 0
    ? pass(id, `${policyName} says what the vendor documents, action for action`)
    : fail(id, differences.join('; '), REPAIR);
}
