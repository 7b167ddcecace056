import type { Problem } from '../../events/problem.ts';
import { type Access, roleName } from '../catalogue/names.ts';
import type { Operation, RamReader } from '../ports.ts';
import { applyChange, type Change } from '../record/apply-change.ts';
import { readRecord } from '../record/record.ts';
import { notOwned, tooManyTags } from '../requests/refusals.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Settings } from '../runtime/settings.ts';
import { type Desired, desiredRole } from './desired.ts';
import { observe, type Reading } from './observe.ts';
import { isOurs, ownerOf } from './ownership.ts';
import { plan } from './plan.ts';

/** What a change would write, were it asked for now. */
export interface Preview {
  /** Why provision would refuse it; null where it would not. */
  readonly refusal: Problem | null;
  readonly reading: Reading;
  readonly desired: Desired;
  /** Stages in order, the operations of a stage side by side; empty where nothing would be written. */
  readonly stages: readonly (readonly Operation[])[];
}

/** Goes the way that provision goes, up to the first write: the same reading, the same record, the same planner. */
export async function preview(
  access: Access,
  requesterUid: string,
  change: Change,
  now: Millis,
  settings: Settings,
  ram: RamReader,
): Promise<Preview> {
  const name = roleName(access, requesterUid);
  const terms = { ...settings, access, requesterUid };
  const before = await observe(ram, name, null, {});
  const { record } = applyChange(readRecord(before.tags), change);
  const desired = desiredRole(record, now, terms);
  const policy = desired.policy?.kind === 'ours' ? desired.policy.name : null;
  const [found, tags] =
    policy === null ? [null, null] : await Promise.all([ram.policy(policy), ram.policyTags(policy)]);
  const reading = {
    ...before,
    policy: policy === null ? null : { name: policy, text: found?.text ?? null },
  };
  const refused = (refusal: Problem): Preview => ({ refusal, reading, desired, stages: [] });
  if (ownerOf(reading, terms, now, settings.patienceMs, false) === 'somebody')
    return refused(notOwned('role', name));
  if (policy !== null && found !== null && tags !== null && !isOurs(tags))
    return refused(notOwned('policy', policy));
  const crowded = tooManyTags(reading.tags, desired.tags, name);
  if (crowded !== null) return refused(crowded);
  const stages = plan({ ...reading, policyText: found?.text ?? null }, desired);
  return { refusal: null, reading, desired, stages };
}
