import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { parseUpkeep, type Upkeep } from '../../events/upkeep.ts';
import type { Requesters } from '../../shared/admission/requesters.ts';
import { isEngine } from '../../shared/catalogue/catalogue.ts';
import { parseRoleName } from '../../shared/catalogue/names.ts';
import { removeOrphan } from '../../shared/reconcile/orphan-policies.ts';
import { reconcile } from '../../shared/reconcile/reconcile.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import type { Asked } from '../../shared/record/asked.ts';
import { isTakenAway } from '../../shared/record/entry.ts';
import { type GrantId, grantedBy, recordTags } from '../../shared/record/record.ts';
import { hasLapsed } from '../../shared/record/reviews.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import { headOfUpkeep, outcome, type RequestHead, rejected, toldTo } from '../../shared/requests/outcome.ts';
import { fingerprint } from '../../shared/requests/parsed-request.ts';
import { MISPLACED_UPKEEP, ranOut } from '../../shared/requests/refusals.ts';
import type { Settings } from '../../shared/runtime/config.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import { remember } from '../../shared/sweep/sweep-state.ts';
import { seen } from './outcome-of.ts';
import { timesChange } from './times-change.ts';

const leftBehind = ({ requestId, digest }: Asked): Outcome['left'] => ({ requestId, digest, why: 'ended' });

/**
 * Does what the record of a role or a policy of ours says is due. The message that asks for it carries no rights.
 * What fails for good becomes an outcome, as with any request; the next sweep asks again for what is still due then.
 */
export async function keepUp(
  delivery: Delivery,
  settings: Settings & { readonly requesters: Requesters },
  ports: ProvisionPorts,
): Promise<Outcome> {
  const { messageId: requestId, body } = delivery;
  const base = headOfUpkeep(requestId, `upkeep ${fingerprint(requestId, body)}`);
  const upkeep = parseUpkeep(body);
  if (upkeep === null) return rejected(base, MISPLACED_UPKEEP);
  try {
    return await doWhatIsDue(upkeep, base, settings, ports);
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return outcome(base, 'failed', { problem: problem(error.code, `${error.message}.`) });
  }
}

async function doWhatIsDue(
  upkeep: Upkeep,
  base: RequestHead,
  settings: Settings & { readonly requesters: Requesters },
  ports: ProvisionPorts,
): Promise<Outcome> {
  if ('policy' in upkeep) {
    const { refusal, writes } = await removeOrphan(upkeep.policy, settings, ports);
    return refusal === null
      ? outcome(base, writes === null ? 'report' : 'applied', { writes: writes ?? 0 })
      : rejected(base, refusal);
  }
  if ('remember' in upkeep) return remember(upkeep.remember, base, settings, ports);
  if ('sweep' in upkeep) return outcome(base, 'report', { sweep: upkeep.sweep });
  const role = parseRoleName(upkeep.role);
  if (role === null) return outcome(base, 'report');
  const repair = settings.heal && upkeep.repair === true;
  const change = { ...(await timesChange(upkeep, role, settings, ports)), repair };
  const gate = upkeep.unanswered === true ? ({ kind: 'unanswered' } as const) : undefined;
  const converged = await reconcile(role, change, settings, ports, gate);
  const ended = upkeep.expired.flatMap((id) => {
    const entry = converged.record.entries.get(id as GrantId);
    return entry?.state === 'revoked' && !isTakenAway(entry) && entry.until !== null
      ? [{ id, until: entry.until, lapsed: hasLapsed(entry) }]
      : [];
  });
  const isReview = ended.some(({ lapsed }) => lapsed);
  const granted = grantedBy(converged.record, ports.clock.now());
  return outcome(
    {
      ...base,
      ...role,
      ...toldTo(role.requesterUid),
      ...(isReview ? { to: [role.requesterUid, 'owner'] } : {}),
    },
    converged.refusal === null ? 'applied' : 'rejected',
    {
      engines: [...granted.engines],
      connections: [...granted.connections],
      revoked: ended.map(({ id }) => id).filter(isEngine),
      record: Object.fromEntries(recordTags(converged.record)),
      changedAt: converged.lastWriteAt,
      changes: [...converged.changes],
      writes: converged.writes,
      ...seen(converged, ports.clock.now()),
      ...(converged.left === null ? {} : { left: leftBehind(converged.left) }),
      problem: converged.refusal ?? (ended.length === 0 ? null : ranOut(ended)),
    },
  );
}
