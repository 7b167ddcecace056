import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import type { Requesters } from '../../shared/admission/requesters.ts';
import { type ProvisionPorts, reconcile } from '../../shared/reconcile/reconcile.ts';
import { roleChangeOf } from '../../shared/reconcile/role-change.ts';
import { admitRequest } from '../../shared/requests/admit-request.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import { type LaneTopics, laneOf } from '../../shared/requests/lane.ts';
import { askedBy, outcome } from '../../shared/requests/outcome.ts';
import { isParsedRequest, parseRequestOf } from '../../shared/requests/parsed-request.ts';
import { withUsers } from '../../shared/requests/refusals.ts';
import { HandshakeError } from '../../shared/runtime/errors.ts';
import type { Settings } from '../../shared/runtime/settings.ts';
import { outcomeOf } from './outcome-of.ts';
import { obeyOwner } from './owner.ts';
import { keepUp } from './upkeep.ts';

/** The settings that all functions have, who may ask, and which topics carry something else. */
export interface ProvisionSettings extends Settings, LaneTopics {
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
  const lane = laneOf(delivery.topic, settings);
  if (lane === 'upkeep') return keepUp(delivery, settings, ports);
  if (lane === 'owner') return obeyOwner(delivery, settings, ports);
  const parsed = parseRequestOf(delivery, settings.ownerUid, settings.requesters);
  if (!isParsedRequest(parsed)) return parsed;
  // Enforced here, at the only writer, whatever was checked on the way.
  const admitted = admitRequest(parsed, delivery.topic, settings.requesters);
  if (!isParsedRequest(admitted)) return admitted;
  const wanted = roleChangeOf(admitted, settings.ownerUid);
  if (wanted === null) return outcome(askedBy(admitted), 'report');
  try {
    const reconciled = await reconcile(wanted, settings, ports);
    return outcomeOf(askedBy(admitted), wanted, reconciled, admitted.until, ports.clock.now());
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    const told = withUsers(error, admitted.request);
    if (told.retryable) throw told;
    return outcome(askedBy(admitted), 'failed', { problem: problem(told.code, `${told.message}.`) });
  }
}
