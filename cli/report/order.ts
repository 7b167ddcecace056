import type { RoleReport } from '../../events/report.ts';
import { unchecked } from '../../shared/verification/unchecked.ts';

/**
 * What needs a hand first: failed roles, those of which something could not be checked, those that end, by their end,
 * then the others. Closed roles come last. Equal ones go by requester.
 */
export function byNeed(a: RoleReport, b: RoleReport): number {
  return (
    rankOf(a) - rankOf(b) ||
    endOf(a) - endOf(b) ||
    a.requesterUid.localeCompare(b.requesterUid) ||
    a.access.localeCompare(b.access)
  );
}

/** When it ends first, in milliseconds since the epoch; what never ends comes after all that does. */
function endOf(role: RoleReport): number {
  const end = earliestEnd(role);
  return end === null ? Number.MAX_SAFE_INTEGER : Date.parse(end);
}

function rankOf({ status, checks }: RoleReport): number {
  if (status === 'failed') return 0;
  if (status === 'revoked') return 3;
  return unchecked(checks).length > 0 ? 1 : 2;
}

/** The earliest end of what a role grants; null where nothing ends. */
export const earliestEnd = ({ grants }: RoleReport): string | null =>
  grants.flatMap(({ expiresAt }) => expiresAt ?? []).toSorted()[0] ?? null;
