import { permissionDifferences } from '../catalogue/permission.ts';
import type { Narrowed } from '../catalogue/scope.ts';
import type { AttachedPolicy } from '../ports.ts';
import { enginePolicy } from '../reconcile/desired.ts';
import { type Check, type Evidence, fail, pass, REPAIR, skip } from './evidence.ts';

/** What the role may do: the right policy and no other, with the right content. */
export const policyChecks = (evidence: Evidence): Check[] =>
  evidence.terms.access === 'register'
    ? [attachedChecks(evidence), contentCheck(evidence)]
    : [foreignCheck(evidence), consoleCheck(evidence)];

function attachedChecks({ role, attached, wanted }: Evidence): Check {
  const id = 'policies-attached';
  if (role === null) return skip(id, 'there is no role');
  const missing = wanted !== null && !has(attached, wanted) ? [`${wanted.name} is not attached`] : [];
  const faults = [...missing, ...foreign(attached, wanted)];
  if (faults.length > 0) return fail(id, faults.join('; '), REPAIR);
  return pass(
    id,
    wanted === null ? 'no policy is attached, and none is needed' : `${wanted.name}, and no other`,
  );
}

function contentCheck({ role, granted, terms, wanted, policyText }: Evidence): Check {
  const id = 'policy-content';
  if (role === null) return skip(id, 'there is no role');
  if (wanted === null) return skip(id, 'nothing is granted that needs a permission policy');
  if (policyText === null) return fail(id, `the policy ${wanted.name} does not exist`, REPAIR);
  const document = enginePolicy(granted, terms.ownerUid)?.document ?? null;
  const differences = permissionDifferences(policyText, document);
  return differences.length === 0
    ? pass(id, `${wanted.name} says what the vendor documents, action for action${limits(granted.narrowed)}`)
    : fail(id, differences.join('; '), REPAIR);
}

/** Where it says less, because less was asked for. */
const limits = (narrowed: Narrowed): string =>
  [...narrowed]
    .map(([id, on]) =>
      on.length === 0 ? `; of ${id} it only reads` : `; of ${id} it modifies only ${on.join(', ')}`,
    )
    .join('');

/** On a console role the vendor's policy has a check of its own; here is about everything else. */
function foreignCheck({ role, attached, wanted }: Evidence): Check {
  const id = 'policies-attached';
  if (role === null) return skip(id, 'there is no role');
  const faults = foreign(attached, wanted);
  return faults.length === 0 ? pass(id, 'no foreign policy') : fail(id, faults.join('; '), REPAIR);
}

function consoleCheck({ role, attached, wanted }: Evidence): Check {
  const id = 'console-policy';
  if (role === null) return skip(id, 'there is no role');
  if (wanted === null) return pass(id, 'nothing is granted, and nothing is needed');
  return has(attached, wanted)
    ? pass(id, `the system policy ${wanted.name} is attached`)
    : fail(id, `the system policy ${wanted.name} is not attached`, REPAIR);
}

const foreign = (attached: readonly AttachedPolicy[], wanted: AttachedPolicy | null): readonly string[] =>
  attached
    .filter((policy) => wanted === null || !has([policy], wanted))
    .map(({ name, type }) => `${type === 'System' ? 'the system' : 'the'} policy ${name} is attached`);

const has = (attached: readonly AttachedPolicy[], wanted: AttachedPolicy): boolean =>
  attached.some(({ name, type }) => name === wanted.name && type === wanted.type);
