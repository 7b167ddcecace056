import { externalId } from '../catalogue/names.ts';
import { judgeTrust } from '../reconcile/diff-trust.ts';
import { type Check, type Evidence, fail, pass, REPAIR, skip } from './evidence.ts';

/** The test AssumeRole: open under the external id, shut without it; shut in every case where nobody but DMS is trusted. */
export function assumeChecks(evidence: Evidence): Check[] {
  return [open(evidence), shut(evidence)];
}

function open({ role, open: attempt, terms }: Evidence): Check {
  const id = 'assume-role';
  if (role === null) return skip(id, 'there is no role');
  if (terms.verifyRoleArn === null)
    return skip(id, 'PROBE=structural: the role trusts nobody of this account who could try it');
  if (attempt.kind === 'session')
    return pass(id, `AssumeRole under the external id ${externalId(terms.requesterUid)} gave a session`);
  if (attempt.kind === 'untried' || attempt.kind === 'unknown') return skip(id, attempt.detail);
  const what = attempt.kind === 'no-role' ? 'STS does not know the role' : attempt.detail;
  return fail(id, `AssumeRole under the external id failed: ${what}`, REPAIR);
}

function shut({ role, shut: attempt, terms }: Evidence): Check {
  const id = 'assume-role-denied';
  if (role === null) return skip(id, 'there is no role');
  const { unconditional } = judgeTrust(role.trust, terms);
  if (attempt.kind === 'session')
    return fail(
      id,
      ['AssumeRole without the external id gave a session', ...unconditional].join('; '),
      REPAIR,
    );
  if (unconditional.length > 0) return fail(id, unconditional.join('; '), REPAIR);
  if (attempt.kind === 'denied') return pass(id, 'AssumeRole without the external id was denied');
  // A 403 that does not say why may come from anywhere on the way: it does not prove that the trust is shut.
  return skip(id, attempt.kind === 'no-role' ? 'STS does not know the role' : attempt.detail);
}
