import type { CallRecord } from '../../local/cloud/journal.ts';
import { listOf, populate } from '../kit/populate.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';
import { peakRss } from './peak-rss.ts';

/** What a sweep over a full account costs. Times are of the cloud's clock, under the rates that the vendor publishes. */
export interface SweepFigures {
  readonly roles: number;
  readonly seconds: number;
  /** Each role needs one GetRole, one ListPoliciesForRole and one AssumeRole, each allowed 100 times a second. */
  readonly quotaFloorSeconds: number;
  /** All calls of verify, to RAM, STS, the engines and the topics. */
  readonly callsPerRole: number;
  readonly policyReads: number;
  readonly distinctPolicies: number;
  readonly throttled: number;
  /** Of a process in which nothing but verify runs, in MB; null where it was not measured. */
  readonly peakRssMb: number | null;
}

const PUBLISHED_PER_SECOND = 100;
/** What a call takes, in ms: about what RAM takes within a region. */
const LATENCY_MS = 50;

/** Sweeps an account in which nothing has changed, with the built functions in virtual time. */
export async function sweepFigures(roles = 1_000): Promise<Omit<SweepFigures, 'peakRssMb'>> {
  const cloud = await weatherCloud({ latencyMs: LATENCY_MS, quotas: 'published' }, () => ({
    requesters: listOf(roles),
  }));
  try {
    await populate(cloud.world, cloud.owner, roles);
    await cloud.host.fireTimer('dms-handshake-verify', 'sweep');
    await cloud.clock.during(cloud.idle());
    const calls = cloud
      .calls()
      .filter(({ caller }) => roleOf(caller) === 'dms-handshake-verify' || isEngine(caller));
    const times = calls.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]);
    const policies = [...cloud.owner.ram.policies.values()];
    return {
      roles,
      seconds: (max(times) - min(times)) / 1_000,
      quotaFloorSeconds: roles / PUBLISHED_PER_SECOND,
      callsPerRole: Math.round((calls.length / roles) * 1_000) / 1_000,
      policyReads: calls.filter(({ operation }) => operation === 'GetPolicy').length,
      distinctPolicies: policies.filter(({ name }) => name.startsWith('DmsCrossAccountPolicy-')).length,
      throttled: calls.filter(({ code }) => code?.startsWith('Throttling') ?? false).length,
    };
  } finally {
    await cloud.close();
  }
}

/** The figures of `npm run bench`, memory included: that is measured in real time, which takes about twelve seconds. */
export async function benchSweep(roles = 1_000): Promise<SweepFigures> {
  return { ...(await sweepFigures(roles)), peakRssMb: await peakRss(roles) };
}

type Caller = CallRecord['caller'];

const roleOf = (caller: Caller): string | null =>
  caller?.principal.type === 'role' ? caller.principal.roleName.toLowerCase() : null;

/** Probes are made with the sessions of the roles that they prove. */
const isEngine = (caller: Caller): boolean => roleOf(caller)?.startsWith('dms-cross-account-') ?? false;

const max = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
const min = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), Infinity);
