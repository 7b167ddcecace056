import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import type { RequestRate } from '../../shared/admission/rate.ts';
import { findRequester, REQUESTS_PER_MINUTE, type Requesters } from '../../shared/admission/requesters.ts';
import { reconcile } from '../../shared/reconcile/reconcile.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import { changeOf } from '../../shared/reconcile/role-change.ts';
import { admitRequest } from '../../shared/requests/admit-request.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import { gateOf } from '../../shared/requests/gate.ts';
import { type LaneTopics, laneOf } from '../../shared/requests/lane.ts';
import { headOf, outcome } from '../../shared/requests/outcome.ts';
import { isParsedRequest, type ParsedRequest, parseRequestOf } from '../../shared/requests/parsed-request.ts';
import { withUsers } from '../../shared/requests/refusals.ts';
import { countedOf, tooOften } from '../../shared/requests/too-often.ts';
import type { Settings } from '../../shared/runtime/config.ts';
import { HandshakeError } from '../../shared/runtime/errors.ts';
import { outcomeOf } from './outcome-of.ts';
import { obeyOwner } from './owner.ts';
import { keepUp } from './upkeep.ts';
import { withWaiting } from './waiting.ts';

/** The settings that all functions have, who may ask, and which topics carry something else. */
export interface ProvisionSettings extends Settings, LaneTopics {
  readonly requesters: Requesters;
}

/** Of whom the file does not list, which is not admitted. */
const NO_RATE = { requestsPerMinute: REQUESTS_PER_MINUTE } as const;

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
  const admitted = admittedOf(delivery, settings);
  return isParsedRequest(admitted) ? carryOut(admitted, settings, ports) : admitted;
}

/** The same, and no faster than each requester may ask. Null for a copy whose outcome is that of another delivery. */
export async function provisionInTurn(
  delivery: Delivery,
  settings: ProvisionSettings,
  ports: ProvisionPorts,
  rate: RequestRate,
): Promise<Outcome | null> {
  if (laneOf(delivery.topic, settings) !== 'requests') return provision(delivery, settings, ports);
  const admitted = admittedOf(delivery, settings);
  if (!isParsedRequest(admitted)) return admitted;
  const counted = countedOf(admitted);
  const { requestsPerMinute } = findRequester(settings.requesters, counted.sender) ?? NO_RATE;
  const turn = rate.judge(counted, requestsPerMinute, ports.clock.now());
  if (turn === 'copy') return null;
  if (turn === 'hold') return tooOften(admitted, requestsPerMinute);
  try {
    const done = await carryOut(admitted, settings, ports);
    rate.answered(counted, done.result === 'applied', ports.clock.now());
    return done;
  } catch (error) {
    rate.failed(counted, ports.clock.now());
    throw error;
  }
}

/** The request of a delivery, or its refusal. No call is made for either. */
function admittedOf(delivery: Delivery, settings: ProvisionSettings): ParsedRequest | Outcome {
  const parsed = parseRequestOf(delivery, settings.ownerUid, settings.requesters);
  if (!isParsedRequest(parsed)) return parsed;
  // Enforced here, at the only writer, whatever was checked on the way.
  return admitRequest(parsed, delivery.topic, settings.requesters);
}

async function carryOut(
  admitted: ParsedRequest,
  settings: ProvisionSettings,
  ports: ProvisionPorts,
): Promise<Outcome> {
  const change = changeOf(admitted);
  if (change === null) return outcome(headOf(admitted), 'report');
  const { access, requesterUid } = admitted.request;
  const gate = gateOf(admitted, settings.requesters);
  try {
    const reconciled = await reconcile({ access, requesterUid }, change, settings, ports, gate);
    const now = ports.clock.now();
    return withWaiting(outcomeOf(headOf(admitted), change, reconciled, now), admitted, reconciled, now);
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    const told = withUsers(error, admitted.request);
    if (told.retryable) throw told;
    return outcome(headOf(admitted), 'failed', { problem: problem(told.code, `${told.message}.`) });
  }
}
