import type { Check, CheckId } from '../../events/check.ts';
import type { DocumentId } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Grants } from '../catalogue/grants.ts';
import type { Assumed, ProbeAnswer } from '../ports.ts';
import type { Desired } from '../reconcile/desired.ts';
import { type Difference, REPAIR } from '../reconcile/difference.ts';
import type { Observed } from '../reconcile/observe.ts';
import type { AccessRecord } from '../record/record.ts';

/** What verification found out about a role: what was read, what was tried, and the checks that follow from both. */
export interface Proof extends Observed {
  readonly record: AccessRecord;
  /** What the role should be by its record: compared with what was observed. */
  readonly desired: Desired;
  /** What the record grants; nothing on a console role. */
  readonly granted: Grants;
  /** Engines that the request took away. Reading them must be denied. */
  readonly revoked: readonly EngineId[];
  /** AssumeRole under the external id. */
  readonly open: Assumed;
  /** AssumeRole without it. */
  readonly shut: Assumed;
  readonly probes: ReadonlyMap<DocumentId, ProbeAnswer>;
  readonly checks: readonly Check[];
}

export const pass = (id: CheckId, detail: string): Check => ({ id, status: 'pass', detail, fix: null });
export const skip = (id: CheckId, detail: string): Check => ({ id, status: 'skip', detail, fix: null });
export const fail = (id: CheckId, detail: string, fix: string): Check => ({
  id,
  status: 'fail',
  detail,
  fix,
});

export const NO_ROLE = 'there is no role';

/** Checks whose differences may be why an AssumeRole, or a read with the role, came out wrong. */
const CAUSES = {
  trust: ['trust-dms', 'trust-requester', 'trust-closed', 'assume-role', 'assume-role-denied'],
  rights: ['policies-attached', 'policy-content'],
} as const satisfies Record<string, readonly CheckId[]>;

/** Whether a difference that a write ends may be the reason why a try failed. */
export const hasCause = (differences: readonly Difference[], of: keyof typeof CAUSES): boolean =>
  differences.some(({ check, write }) => write !== null && CAUSES[of].some((id) => id === check));

/** What to do about a try that failed: a repair, if a difference may be the cause; else `otherwise`. */
export const fixOf = (
  differences: readonly Difference[],
  of: keyof typeof CAUSES,
  otherwise: string,
): string => (hasCause(differences, of) ? REPAIR : otherwise);
