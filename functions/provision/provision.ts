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

/** What provision is told beside what everybody is: who may ask. */
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
 * The wish as its sender may have it, or the refusal. Enforced here, at the only writer, whatever was checked on the way.
 * A signed request stands for the time of its signature, so that a copy published later says nothing newer.
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

/** The change that a wish asks for; null for one that asks to change nothing. */
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

/** What a wish is about. A console grant without names is about the requester's whole account. */
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
  // Written down all the same: it is newer than what it replaces, and ended in the meantime.
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
      // Who found everything in place may follow closely on who wrote it: another delivery that died, or an equal request.
      changedAt: converged.lastWriteAt ?? now,
      writes: converged.writes,
      problem: converged.refusal ?? late ?? (superseded.length > 0 ? overtaken(superseded) : null),
    },
  );
}
