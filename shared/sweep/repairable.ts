import type { Check } from '../verification/evidence.ts';

/** Checks whose failure the full projection of the record mends. A refused probe alone has its cause elsewhere. */
const MENDABLE = [
  'trust-dms',
  'trust-requester',
  'trust-closed',
  'policies-attached',
  'policy-content',
  'console-policy',
  'assume-role',
  'assume-role-denied',
];

/** Faults of the record itself, or of whose role it is: what it stands for is then not to be trusted. */
const IN_THE_WAY = ['owner-account', 'role-exists', 'ownership'];

/** Whether provision could mend what failed on a role of ours. */
export function isMendable(checks: readonly Check[]): boolean {
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return failed.some((id) => MENDABLE.includes(id)) && !failed.some((id) => IN_THE_WAY.includes(id));
}
