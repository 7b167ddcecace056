import type { Outcome } from '../../events/outcome.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import { type RoleId, roleName } from '../catalogue/names.ts';
import { changeOf } from '../reconcile/role-change.ts';
import { applyChange } from '../record/apply-change.ts';
import type { Change } from '../record/change.ts';
import { sameGrants } from '../record/granted-list.ts';
import { type AccessRecord, type GrantId, liveIds, readRecord } from '../record/record.ts';
import type { ParsedRequest } from '../requests/parsed-request.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Settings } from '../runtime/config.ts';
import { HandshakeError } from '../runtime/errors.ts';
import type { Millis } from '../runtime/millis.ts';
import { collectEvidence, type EvidencePorts } from './collect-evidence.ts';
import type { Proof } from './proof.ts';

/**
 * The proof of a request that is said to have failed, where its role is all the same what it asks for. provision may have
 * been stopped after its last write, and whoever may invoke verify can say that it failed. Null where the role is something
 * else, and where it cannot be read now: then the request has failed.
 */
export async function proofOfFailed(
  failed: Outcome,
  request: ParsedRequest,
  settings: Settings,
  { clock, ...ports }: EvidencePorts & { readonly clock: Clock },
): Promise<{ readonly outcome: Outcome; readonly proof: Proof } | null> {
  const { access, requesterUid } = request.request;
  const role: RoleId = { access, requesterUid };
  const change = changeOf(request);
  try {
    const record = readRecord(await ports.ram.roleTags(roleName(access, requesterUid)), clock.now());
    if (!holds(record, change, clock.now())) return null;
    const revoked = change?.action === 'revoke' && change.ids !== 'all' ? change.ids.filter(isEngine) : [];
    const proof = await collectEvidence(role, record, revoked, clock.now(), settings, ports);
    const isGood = proof.checks.every(({ status }) => status !== 'fail');
    if (!isGood || !holds(proof.record, change, clock.now())) return null;
    return { proof, outcome: { ...failed, result: 'applied', problem: null, changes: [] } };
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    return null;
  }
}

/** Whether a record grants what it would grant after a change, and whether the change gives what it names. */
function holds(record: AccessRecord, change: Change | null, now: Millis): boolean {
  if (change === null) return true;
  const word = applyChange(record, change);
  const refused = [word.superseded, word.missing, word.over, word.fixed];
  if (refused.some((ids) => ids.length > 0)) return false;
  const live: readonly GrantId[] = liveIds(record, now);
  const gives = change.action === 'grant' || change.action === 'extend';
  return sameGrants(word.record, record, now) && (!gives || word.ids.every((id) => live.includes(id)));
}
