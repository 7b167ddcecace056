import type { Check } from '../../events/check.ts';
import { externalId } from '../catalogue/external-id.ts';
import { atMost } from '../reconcile/at-most.ts';
import type { Difference } from '../reconcile/difference.ts';
import { fail, fixOf, NO_ROLE, type Proof, pass, skip } from './proof.ts';

type Tries = Pick<Proof, 'role' | 'open' | 'shut' | 'desired'>;

/** The checks of the test AssumeRole: it must succeed under the external id and be denied without it. */
export const assumeChecks = (found: Tries, differences: readonly Difference[]): Check[] => [
  openCheck(found, differences),
  shutCheck(found, differences),
];

/** If the trust is right and AssumeRole is refused, the rights of verify or a control policy refuse it. */
const RIGHTS_OF_VERIFY =
  'the trust is as it must be, so give the role of the verify function its right sts:AssumeRole back (bootstrap does), and look for a Deny in a control policy of the resource directory';

const NOT_KNOWN_YET =
  'RAM shows the role, and a new one may be unknown to STS for a minute: verify again then';

function openCheck({ role, open, desired: { terms } }: Tries, differences: readonly Difference[]): Check {
  const id = 'assume-role';
  if (role === null) return skip(id, NO_ROLE);
  if (terms.verifyRoleArn === null)
    return skip(id, 'PROBE=structural: the role trusts nobody of this account who could try it');
  if (open.kind === 'session')
    return pass(id, `AssumeRole under the external id ${externalId(terms.requesterUid)} gave a session`);
  if (open.kind === 'untried' || open.kind === 'unknown') return skip(id, open.detail);
  const failed = 'AssumeRole under the external id failed';
  if (open.kind === 'no-role') return fail(id, `${failed}: STS does not know the role`, NOT_KNOWN_YET);
  return fail(id, `${failed}: ${open.detail}`, fixOf(differences, 'trust', RIGHTS_OF_VERIFY));
}

function shutCheck({ role, shut }: Tries, differences: readonly Difference[]): Check {
  const id = 'assume-role-denied';
  if (role === null) return skip(id, NO_ROLE);
  const unconditional = differences.filter(({ check }) => check === id).map(({ detail }) => detail);
  const tried = shut.kind === 'session' ? ['AssumeRole without the external id gave a session'] : [];
  const found = [...tried, ...unconditional];
  if (found.length > 0)
    return fail(
      id,
      atMost(found),
      fixOf(
        differences,
        'trust',
        'the trust lets nobody in without the external id, so this may be an old reading: verify again in a minute',
      ),
    );
  if (shut.kind === 'denied') return pass(id, 'AssumeRole without the external id was denied');
  // A 403 without a reason may come from somewhere else. It does not prove that the trust is closed.
  return skip(id, 'detail' in shut ? shut.detail : 'STS does not know the role');
}
