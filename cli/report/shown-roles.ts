import type { RoleReport } from '../../events/report.ts';
import { unchecked } from '../../shared/verification/unchecked.ts';
import { byNeed } from './order.ts';

/** As many as a browser draws and filters without stutter. */
export const MOST_ROLES = 20_000;

/** The roles of a page, and how many there are of each kind. */
export interface ShownRoles {
  /** What needs a hand first; no more than `MOST_ROLES`. */
  readonly shown: readonly RoleReport[];
  readonly all: number;
  readonly of: Readonly<Record<RoleReport['status'], number>>;
  /** Verified, and not wholly checked. */
  readonly unsure: number;
  /** With access in an emergency that nobody has confirmed. */
  readonly emergencies: number;
}

/** Looks at each role once, and keeps those that are shown. */
export function shownRoles(roles: Iterable<RoleReport>): ShownRoles {
  const failed: RoleReport[] = [];
  const doubtful: RoleReport[] = [];
  const others: RoleReport[] = [];
  const of = { failed: 0, verified: 0, revoked: 0 };
  let unsure = 0;
  let emergencies = 0;
  for (const role of roles) {
    const isUnsure = role.status === 'verified' && unchecked(role.checks).length > 0;
    of[role.status] += 1;
    if (isUnsure) unsure += 1;
    if (role.breakGlass?.confirmed === false) emergencies += 1;
    const kept = role.status === 'failed' ? failed : isUnsure ? doubtful : others;
    if (kept.length < MOST_ROLES) kept.push(role);
  }
  const shown = [...failed, ...doubtful, ...others].slice(0, MOST_ROLES).sort(byNeed);
  return { shown, all: of.failed + of.verified + of.revoked, of, unsure, emergencies };
}
