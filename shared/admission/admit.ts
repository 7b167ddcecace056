import { type Problem, problem } from '../../events/problem.ts';
import type { Request } from '../../events/request.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { findRequester, type Requester, type Requesters } from './requesters.ts';

/** Whether the sender's signature was checked against the requester's keys, and with what result. */
export type SignatureState = 'valid' | 'absent' | 'invalid';

/**
 * Why a requester may not ask for this; null where it may. The sender must be proved for every request. What it may ask
 * for limits grants and new ends only: narrowing that must not prevent a revoke or a verify. `engines`: those that the
 * request is about. `topic`: where it was published; null where it did not come from a topic.
 */
export function admit(
  request: Pick<Request, 'action' | 'access' | 'requesterUid' | 'breakGlass'>,
  engines: readonly EngineId[],
  { topic, signature }: { readonly topic: string | null; readonly signature: SignatureState },
  requesters: Requesters,
): Problem | null {
  const { action, access, requesterUid, breakGlass } = request;
  const requester = findRequester(requesters, requesterUid);
  if (requester === undefined) return unlisted(requesterUid);
  const refused = unproved(topic, signature, requester);
  if (refused !== null) return refused;
  if (action !== 'grant' && action !== 'extend') return null;
  return (
    tooMuch(access, engines, requester) ?? (breakGlass === undefined ? null : noEmergency(engines, requester))
  );
}

const unlisted = (uid: string): Problem =>
  problem(
    'requester-not-allowed',
    `account ${uid} is not listed; the owner adds it to requesters.json and deploys again.`,
  );

function unproved(
  topic: string | null,
  signature: SignatureState,
  { uid, topics, publicKeys }: Requester,
): Problem | null {
  // Whoever sent it is perhaps somebody else, who is told no names of topics.
  if (topics.length > 0 && !topics.some((one) => one === topic))
    return problem(
      'sender-mismatch',
      `account ${uid} sends on topics of its own, but this request came ${topic === null ? 'from no topic' : `from ${topic}`}; publish it to the topic that the owner gave to that account.`,
    );
  if (publicKeys.length > 0 && signature !== 'valid')
    return problem(
      'signature-invalid',
      `account ${uid} must sign its requests (Standard Webhooks v1a) with a listed key, within 300 seconds of sending; this one carries no signature that proves it. Sign it anew and send it again.`,
    );
  return null;
}

function tooMuch(
  asked: Request['access'],
  about: readonly EngineId[],
  { uid, engines, access }: Requester,
): Problem | null {
  if (!access.includes(asked))
    return problem(
      'access-not-allowed',
      `account ${uid} may ask for ${access.join()}, not for ${asked}; the owner widens "access" in requesters.json and deploys again.`,
    );
  if (engines === '*') return null;
  const foreign = about.filter((id) => !engines.includes(id));
  if (foreign.length > 0)
    return problem(
      'engine-not-allowed',
      `account ${uid} may not ask for ${foreign.join(', ')}, only for ${engines.join(', ')}; leave ${foreign.length === 1 ? 'it' : 'them'} out, or the owner widens "engines" in requesters.json and deploys again.`,
    );
  return null;
}

function noEmergency(about: readonly EngineId[], { uid, breakGlass }: Requester): Problem | null {
  if (breakGlass === null)
    return problem(
      'access-not-allowed',
      `account ${uid} may not ask for access in an emergency; ask without "breakGlass", or the owner adds "breakGlass" in requesters.json and deploys again.`,
    );
  const { engines } = breakGlass;
  if (engines === '*') return null;
  const foreign = about.filter((id) => !engines.includes(id));
  if (foreign.length === 0) return null;
  return problem(
    'engine-not-allowed',
    `account ${uid} may not ask for ${foreign.join(', ')} in an emergency, only for ${engines.join(', ')}; leave ${foreign.length === 1 ? 'it' : 'them'} out, or the owner widens "engines" of "breakGlass" in requesters.json and deploys again.`,
  );
}
