import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { parseUpkeep } from '../../events/upkeep.ts';
import { admit } from '../../shared/admission/admit.ts';
import { requestTime, signatureState } from '../../shared/admission/authenticate/signed-message.ts';
import { findRequester, type Requesters } from '../../shared/admission/requesters.ts';
import { isEngine } from '../../shared/catalogue/catalogue.ts';
import { enginePolicy } from '../../shared/reconcile/desired.ts';
import { type ProvisionPorts, type Reconciled, reconcile } from '../../shared/reconcile/reconcile.ts';
import type { Goal } from '../../shared/reconcile/target.ts';
import { type GrantId, grantedBy, recordTags, userId } from '../../shared/record/record.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import { askedBy, outcome, rejected } from '../../shared/requests/outcome.ts';
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
  const understood = parseRequestOf(delivery, settings.ownerUid);
  if (!isParsedRequest(understood)) return understood;
  const wish = admitted(understood, delivery.topic, settings.requesters);
  if (!isParsedRequest(wish)) return wish;
  const goal = goalOf(wish, settings.ownerUid);
  if (goal === null) return outcome(askedBy(wish), 'report');
  try {
    const converged = await reconcile(goal, settings, ports);
    return outcomeOf(wish, goal, converged, ports.clock.now());
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return outcome(askedBy(wish), 'failed', { problem: problem(error.code, `${error.message}.`) });
  }
}

/**
 * The request as its sender may have it, with the end that `maxDays` sets; or the refusal. It is asked here whatever
 * was checked on the way, because provision is the only writer. A signed request counts from the time of its
 * signature, so a copy that is published later is no newer.
 */
function admitted(
  wish: ParsedRequest,
  topic: string | null,
  requesters: Requesters,
): ParsedRequest | Outcome {
  const { request, signed } = wish;
  const { action, access, requesterUid } = request;
  const publicKeys = findRequester(requesters, requesterUid)?.publicKeys ?? [];
  const signature = signatureState(signed, publicKeys, wish.at);
  const at = signature === 'valid' ? requestTime(signed, wish.at) : wish.at;
  const { engines } = wish.grants;
  const admission = admit(
    { action, access, requesterUid, engines, topic, signature, until: wish.until, at },
    requesters,
  );
  if ('problem' in admission) return rejected(askedBy(wish), admission.problem);
  return { ...wish, at, until: admission.until };
}

/** The change of the record that a request asks for; null for a request that changes nothing. */
function goalOf(wish: ParsedRequest, ownerUid: string): Goal | null {
  const { action, requesterUid, access } = wish.request;
  if (action === 'verify') return null;
  const ids = idsOf(wish);
  return {
    access,
    requesterUid,
    change:
      action === 'grant'
        ? { action, ids, at: wish.at, until: wish.until, narrowed: wish.grants.narrowed }
        : { action, ids: ids.length === 0 ? 'all' : ids, at: wish.at },
    likelyPolicy: action === 'grant' ? (enginePolicy(wish.grants, ownerUid)?.name ?? null) : null,
  };
}

/** The ids that a request is about. A console grant without names is about the requester's whole account. */
function idsOf({ request, grants }: ParsedRequest): readonly GrantId[] {
  if (request.access === 'register') return [...grants.engines, ...grants.connections];
  if (request.users !== undefined) return request.users.map(userId);
  return request.action === 'grant' ? ['account'] : [];
}

function outcomeOf(wish: ParsedRequest, { change }: Goal, converged: Reconciled, now: Millis): Outcome {
  const { record, superseded } = converged;
  const granted = grantedBy(record, now);
  const gone =
    change.action === 'revoke' ? (change.ids === 'all' ? [...record.entries.keys()] : change.ids) : [];
  // The record holds this grant all the same, because it is newer than the last entry. Only its time is up already.
  const { until } = wish;
  const late = converged.refusal === null && until !== null && until <= now ? cameTooLate(until) : null;
  return outcome(
    askedBy(wish),
    converged.refusal !== null ? 'rejected' : late !== null ? 'failed' : 'applied',
    {
      engines: [...granted.engines],
      connections: [...granted.connections],
      revoked: gone.filter(isEngine).filter((id) => !granted.engines.includes(id)),
      record: Object.fromEntries(recordTags(record)),
      // Where nothing was left to write, another delivery or an equal request may have written it a moment ago.
      changedAt: converged.lastWriteAt ?? now,
      writes: converged.writes,
      problem: converged.refusal ?? late ?? (superseded.length > 0 ? overtaken(superseded) : null),
    },
  );
}
