import { readVerdict, type Verdict } from '../verification/verdict.ts';
import type { OurRole } from './list-roles.ts';

/** What a role is remembered to have been. */
export type Remembered = (role: OurRole) => Verdict | null;

/** A role that was told of as one that cannot be written on was a failed one until now. */
export const remembered =
  (told: readonly string[] | null): Remembered =>
  (role) =>
    told?.includes(role.name) === true
      ? { status: 'failed', at: role.createdAt, checks: ['ownership'] }
      : readVerdict(role.tags);
