import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { parseUpkeep } from '../../events/upkeep.ts';
import type { Requesters } from '../../shared/admission/requesters.ts';
import { isEngine } from '../../shared/catalogue/catalogue.ts';
import { type ProvisionPorts, type Reconciled, reconcile } from '../../shared/reconcile/reconcile.ts';
import { type RoleChange, roleChangeOf } from '../../shared/reconcile/role-change.ts';
import { grantedBy, recordTags } from '../../shared/record/record.ts';
import { admitRequest } from '../../shared/requests/admit-request.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import { askedBy, outcome } from '../../shared/requests/outcome.ts';
import type { ParsedRequest } from '../../shared/requests/parsed-request.ts';
import { fingerprint, isParsedRequest, parseRequestOf } from '../../shared/requests/parsed-request.ts';
import { cameTooLate, overtaken } from '../../shared/requests/refusals.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import type { Millis } from '../../shared/runtime/millis.ts';
import type { Settings } from '../../shared/runtime/settings.ts';
import { keepUp } from './upkeep.ts';

/** The settings that all functions have, and who may ask. */
export interface ProvisionSettings extends Settings {
  readonly requesters: Requesters;
}

/**
 * Does what one delivery asks for. Returns an outcome, final for this request; throws `RetryableError` when another
 * delivery of the same event may do better.
 */
export async function provision(
  delivery: Delivery,
  settings: ProvisionSettings,
  ports: ProvisionPorts,
): Promise<Outcome> {
  const upkeep = parseUpkeep(delivery.body);
  if (upkeep !== null) {
    const requestId = delivery.messageId;
    return keepUp(upkeep, { requestId, fingerprint: fingerprint(requestId, delivery.body) }, settings, ports);
  }
  const parsed = parseRequestOf(delivery, settings.ownerUid);
  if (!isParsedRequest(parsed)) return parsed;
  // Enforced here, at the only writer, whatever was checked on the way.
  const admitted = admitRequest(parsed, delivery.topic, settings.requesters);
  if (!isParsedRequest(admitted)) return admitted;
  const wanted = roleChangeOf(admitted, settings.ownerUid);
  if (wanted === null) return outcome(askedBy(admitted), 'report');
  try {
    const reconciled = await reconcile(wanted, settings, ports);
    return outcomeOf(admitted, wanted, reconciled, ports.clock.now());
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return outcome(askedBy(admitted), 'failed', { problem: problem(error.code, `${error.message}.`) });
  }
}

function outcomeOf(
  admitted: ParsedRequest,
  { change }: RoleChange,
  reconciled: Reconciled,
  now: Millis,
): Outcome {
  const { record, superseded } = reconciled;
  const granted = grantedBy(record, now);
  const gone =
    change.action === 'revoke' ? (change.ids === 'all' ? [...record.entries.keys()] : change.ids) : [];
  // Written down all the same: it is newer than what it replaces, and ended in the meantime.
  const { until } = admitted;
  const late = reconciled.refusal === null && until !== null && until <= now ? cameTooLate(until) : null;
  return outcome(
    askedBy(admitted),
    reconciled.refusal !== null ? 'rejected' : late !== null ? 'failed' : 'applied',
    {
      engines: [...granted.engines],
      connections: [...granted.connections],
      revoked: gone.filter(isEngine).filter((id) => !granted.engines.includes(id)),
      record: Object.fromEntries(recordTags(record)),
      // Who found everything in place may follow closely on who wrote it: another delivery that died, or an equal request.
      changedAt: reconciled.lastWriteAt ?? now,
      writes: reconciled.writes,
      problem: reconciled.refusal ?? late ?? (superseded.length > 0 ? overtaken(superseded) : null),
    },
  );
}
