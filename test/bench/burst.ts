import { publishedQuotas } from '../../local/cloud/weather.ts';
import { openBuilt } from '../chaos/built.ts';
import { setOf, uidOf } from '../kit/populate.ts';

/** What a crowd of requests costs that come at once, each the first of its requester. */
export interface BurstFigures {
  readonly grants: number;
  /** From the first call to the last reply, on the cloud's clock. */
  readonly seconds: number;
  /** What the rates alone make it take: of AttachPolicyToRole there is one for each grant, and 10 a second may be made. */
  readonly quotaFloorSeconds: number;
  readonly ratio: number;
  /** Calls that were refused for their rate. */
  readonly rejected: number;
  /** Requests that were answered so; copies of a reply count once. */
  readonly verified: number;
  /** API calls of all kinds. */
  readonly callsPerGrant: number;
}

const LATENCY_MS = 20;

/** The built functions, one writer, under the published rates, in virtual time. */
export async function benchBurst(grants = 1_000, latencyMs = LATENCY_MS): Promise<BurstFigures> {
  const uids = Array.from({ length: grants }, (_, n) => uidOf(n));
  const built = await openBuilt({ uids, weather: { latencyMs, quotas: 'published' } });
  try {
    built.owner.ram.limits.roles = Math.max(built.owner.ram.limits.roles, grants + 100);
    for (const [n, uid] of uids.entries()) built.publish({ requesterUid: uid, engines: setOf(n) }, uid);
    await built.settle();
    const calls = built.calls();
    const first = calls.reduce((at, { startedAt }) => Math.min(at, startedAt), Infinity);
    const last = calls.reduce((at, { endedAt }) => Math.max(at, endedAt), 0);
    const attached = calls.filter(
      ({ operation, code }) => operation === 'AttachPolicyToRole' && code === null,
    );
    const seconds = (last - first) / 1_000;
    const quotaFloorSeconds = floorSeconds('AttachPolicyToRole', attached.length);
    return {
      grants,
      seconds,
      quotaFloorSeconds,
      ratio: seconds / quotaFloorSeconds,
      callsPerGrant: calls.length / grants,
      rejected: calls.filter(({ code }) => code?.startsWith('Throttling') ?? false).length,
      verified: new Set(
        built.everyReply().flatMap(({ id, data }) => (data.status === 'verified' ? [id] : [])),
      ).size,
    };
  } finally {
    await built.close();
  }
}

/** A bucket holds a second's worth at the start, and is filled at its rate. */
function floorSeconds(operation: string, calls: number): number {
  const quota = publishedQuotas.find((one) => one.service === 'ram' && one.operations.test(operation));
  return quota === undefined ? 0 : (calls - quota.perSecond) / quota.perSecond;
}
