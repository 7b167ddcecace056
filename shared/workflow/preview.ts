import type { Problem } from '../../events/problem.ts';
import { type Desired, desiredRole } from '../access/desired.ts';
import type { Millis } from '../access/millis.ts';
import { type Access, roleName } from '../access/names.ts';
import { type Operation, plan } from '../access/plan.ts';
import { readRecord } from '../access/record.ts';
import { applyChange, type Change } from '../access/register.ts';
import { observe, type Reading } from './observe.ts';
import { isOurs, ownerOf } from './ownership.ts';
import type { RamReader } from './ports.ts';
import { notOwned, tooManyTags } from './refusals.ts';
import type { Settings } from './settings.ts';

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
