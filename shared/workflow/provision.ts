import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import { documentIds, grants } from '../access/grants.ts';
import type { Millis } from '../access/millis.ts';
import { policyName, roleName } from '../access/names.ts';
import { grantedBy, recordTags } from '../access/record.ts';
import { TerminalError } from '../runtime/errors.ts';
import { type Converged, converge, type Goal, type ProvisionPorts } from './converge.ts';
import type { Delivery } from './delivery.ts';
import { askedBy, outcome } from './outcome.ts';
import { overtaken } from './refusals.ts';
import type { Settings } from './settings.ts';
import { isWish, understand, type Wish } from './understand.ts';

/**
 * Does what one delivery asks for. Returns an outcome, final for this request; throws `RetryableError` when another
 * delivery of the same event may do better. `attempt` counts the deliveries of this event before this one.
 */
export async function provision(
  delivery: Delivery,
  attempt: number,
  settings: Settings,
  ports: ProvisionPorts,
): Promise<Outcome> {
  const wish = understand(delivery, settings.ownerUid, ports.clock.now());
  if (!isWish(wish)) return wish;
  const goal = goalOf(wish);
  if (goal === null) return outcome(askedBy(wish), 'report');
  try {
    const converged = await converge(goal, settings, ports);
    return outcomeOf(wish, converged, attempt, ports.clock.now());
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return outcome(askedBy(wish), 'failed', { problem: problem(error.code, `${error.message}.`) });
  }
}

/** The change that a wish asks for; null for one that asks to change nothing. */
function goalOf(wish: Wish): Goal | null {
  const { action, requesterUid } = wish.request;
  if (action === 'verify') return null;
  const ids = [...wish.grants.engines, ...wish.grants.connections];
  const wanted = documentIds(grants(wish.grants.engines, wish.grants.connections));
  return {
    roleName: roleName(wish.request.access, requesterUid),
    requesterUid,
    change:
      action === 'grant'
        ? { action, ids, at: wish.at, until: wish.until }
        : { action, ids: ids.length === 0 ? 'all' : ids, at: wish.at },
    likelyPolicy: action === 'grant' && wanted.length > 0 ? policyName(wanted) : null,
  };
}

function outcomeOf(wish: Wish, converged: Converged, attempt: number, now: Millis): Outcome {
  const granted = grantedBy(converged.record, now);
  const problemOf = converged.superseded.length > 0 ? overtaken(converged.superseded) : null;
  return outcome(askedBy(wish), converged.refusal === null ? 'applied' : 'rejected', {
    engines: [...granted.engines],
    connections: [...granted.connections],
    record: Object.fromEntries(recordTags(converged.record)),
    // A delivery that found everything in place may follow one that wrote it and died.
    changedAt: converged.lastWriteAt ?? (attempt > 0 ? now : null),
    writes: converged.writes,
    problem: converged.refusal ?? problemOf,
  });
}
