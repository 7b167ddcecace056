import { applyChange } from '../record/apply-change.ts';
import type { Change } from '../record/change.ts';
import { type AccessRecord, EMPTY_RECORD } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';
import { desiredRole } from './desired.ts';

/** Roles whose record is kept: some hundred bytes each. */
const KEPT = 500;

/**
 * The last record of each role that this instance has seen, however long ago. Only good for a guess, since others may have
 * changed the role: nothing is written or said because of it.
 */
export class LastRecords {
  readonly #records = new Map<string, AccessRecord>();

  see(roleName: string, record: AccessRecord): void {
    this.#records.delete(roleName);
    this.#records.set(roleName, record);
    const [oldest = roleName] = this.#records.keys();
    if (this.#records.size > KEPT) this.#records.delete(oldest);
  }

  /** Empty for a role that was not seen. */
  of(roleName: string): AccessRecord {
    return this.#records.get(roleName) ?? EMPTY_RECORD;
  }
}

/**
 * Name of the policy that a change will probably leave attached, to be read along with the role: a right guess spares a
 * round trip, a wrong one costs a call. Null where there will probably be none of ours.
 */
export function likelyPolicyOf(
  change: Change,
  last: AccessRecord,
  terms: Parameters<typeof desiredRole>[2],
  now: Millis,
): string | null {
  const { policy } = desiredRole(applyChange(last, change).record, now, terms);
  return policy?.kind === 'ours' ? policy.name : null;
}
