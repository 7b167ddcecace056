import type { Action } from '../../events/action.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Access } from '../catalogue/names.ts';
import type { EndRules } from '../record/ends.ts';
import { endRules } from './end-rules.ts';
import { findRequester, type Requester, type Requesters } from './requesters.ts';

/** Whether the sender's signature was checked against the requester's keys, and with what result. */
export type SignatureState = 'valid' | 'absent' | 'invalid';

/** A request that was understood, and what is known about where it came from. */
export interface RequestToAdmit {
  readonly action: Action;
  readonly requesterUid: string;
  readonly engines: readonly EngineId[];
  readonly access: Access;
  /** The topic that it was published to; null where it did not come from a topic. */
  readonly topic: string | null;
  readonly signature: SignatureState;
}

/** The refusal, or the ends that the requester's grants may have. */
export type Admission = { readonly problem: Problem } | Admitted;

export interface Admitted {
  readonly ends: EndRules;
  /** Whether it may have these engines, too. */
  readonly judge: (engines: readonly EngineId[]) => Problem | null;
}

/**
 * Whether a requester may ask for this. The sender must be proved for every request. What it may ask for limits
 * grants and new ends only: narrowing that must not prevent a revoke or a verify.
 */
export function admit(ask: RequestToAdmit, requesters: Requesters): Admission {
  const requester = findRequester(requesters, ask.requesterUid);
  if (requester === undefined) return { problem: unlisted(ask) };
  const widens = ask.action === 'grant' || ask.action === 'extend';
  const refused = unproved(ask, requester) ?? (widens ? tooMuch(ask, requester) : null);
  if (refused !== null) return { problem: refused };
  return { ends: endRules(requester), judge: (engines) => tooMuch({ ...ask, engines }, requester) };
}

const unlisted = ({ requesterUid }: RequestToAdmit): Problem =>
  problem(
    'requester-not-allowed',
    `account ${requesterUid} is not listed; the owner adds it to requesters.json and deploys again.`,
  );

function unproved(
  { requesterUid, topic, signature }: RequestToAdmit,
  { topics, publicKeys }: Requester,
): Problem | null {
  // Whoever sent it is perhaps somebody else, who is told no names of topics.
  if (topics.length > 0 && !topics.some((one) => one === topic))
    return problem(
      'sender-mismatch',
      `account ${requesterUid} sends on topics of its own, but this request came ${topic === null ? 'from no topic' : `from ${topic}`}; publish it to the topic that the owner gave to that account.`,
    );
  if (publicKeys.length > 0 && signature !== 'valid')
    return problem(
      'signature-invalid',
      `account ${requesterUid} must sign its requests (Standard Webhooks v1a) with a listed key, within 300 seconds of sending; this one carries no signature that proves it. Sign it anew and send it again.`,
    );
  return null;
}

function tooMuch(request: RequestToAdmit, { uid, engines, access }: Requester): Problem | null {
  if (!access.includes(request.access))
    return problem(
      'access-not-allowed',
      `account ${uid} may ask for ${access.join()}, not for ${request.access}; the owner widens "access" in requesters.json and deploys again.`,
    );
  if (engines === '*') return null;
  const foreign = request.engines.filter((id) => !engines.includes(id));
  if (foreign.length > 0)
    return problem(
      'engine-not-allowed',
      `account ${uid} may not ask for ${foreign.join(', ')}, only for ${engines.join(', ')}; leave ${foreign.length === 1 ? 'it' : 'them'} out, or the owner widens "engines" in requesters.json and deploys again.`,
    );
  return null;
}
