import type { RoleId } from '../catalogue/names.ts';
import { expiredIds } from '../record/expiry.ts';
import { type AccessRecord, readRecord } from '../record/record.ts';
import type { Settings } from '../runtime/config.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { collectEvidence, type EvidencePorts } from './collect-evidence.ts';
import type { Proof } from './proof.ts';

/** How long upkeep may take to end what has run out: two sweeps of a timer that comes every hour. */
const UPKEEP_MS = 2 * 60 * 60 * 1_000;

/**
 * Judges a role by its own record, as a request that changes nothing would. For a while after the end of a grant the role
 * may be as it was before it, or as it is to be: upkeep is on its way.
 */
export async function inspect(
  role: RoleId,
  tags: ReadonlyMap<string, string>,
  now: Millis,
  settings: Settings,
  ports: EvidencePorts,
): Promise<Proof> {
  const record = readRecord(tags, now);
  const before = beforeUpkeep(record, now);
  if (before !== null) {
    const proof = await judge(role, record, before, settings, ports);
    if (proof.checks.every(({ status }) => status !== 'fail')) return proof;
  }
  return judge(role, record, now, settings, ports);
}

function judge(
  role: RoleId,
  record: AccessRecord,
  now: Millis,
  settings: Settings,
  ports: EvidencePorts,
): Promise<Proof> {
  const { access, requesterUid } = role;
  return collectEvidence({ access, requesterUid }, record, [], now, settings, ports);
}

/** The last moment before the first of the ends that upkeep has not written down; null where it has had its time. */
function beforeUpkeep(record: AccessRecord, now: Millis): Millis | null {
  const expired = expiredIds(record, now);
  const ends = [...record.entries].flatMap(([id, { until }]) =>
    expired.includes(id) && until !== null ? until : [],
  );
  const first = Math.min(...ends);
  return ends.length > 0 && now - first < UPKEEP_MS ? millis(first - 1) : null;
}
