import type { WeatherCall } from './fault.ts';

/** How many calls a second one account may make of each of some operations. */
export interface Quota {
  readonly service: string;
  /** The operations, each with a count of its own. The first quota that fits a call is the one that holds. */
  readonly operations: RegExp;
  readonly perSecond: number;
}

/**
 * The rates that the vendor publishes per account, API and region ("QPS limit" on the pages of the operations of RAM,
 * STS and ActionTrail). For RAM operations whose page gives none, 20 writes and 100 reads a second are inferred. MNS, Function
 * Compute and the engines have no entry: their limits are far above what this project does.
 *
 * Belief ram-rates (inferred): where the page of an operation gives no rate, RAM takes 20 writes and 100 reads a
 * second. Source: the operations that have one. Shown wrong by: doctor --live.
 */
export const publishedQuotas: readonly Quota[] = [
  { service: 'ram', operations: /Policy(To|From)Role/, perSecond: 10 },
  { service: 'ram', operations: /^(Get|List)/, perSecond: 100 },
  { service: 'ram', operations: /^/, perSecond: 20 },
  { service: 'sts', operations: /^/, perSecond: 100 },
  { service: 'actiontrail', operations: /^/, perSecond: 2 },
];

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * One token bucket per account, service and operation, on the world's clock. A bucket holds one second's worth (inferred:
 * the vendor does not say over what time it counts).
 */
export class QuotaMeter {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a token if the call is under a quota; false when there is none left. */
  admits(quotas: readonly Quota[], call: WeatherCall, accountId: string, now: number): boolean {
    const quota = quotas.find((q) => q.service === call.service && q.operations.test(call.operation));
    if (quota === undefined) return true;
    const { perSecond } = quota;
    const id = `${accountId}/${call.service}/${call.operation}`;
    const bucket = this.#buckets.get(id) ?? { tokens: perSecond, filledAt: now };
    this.#buckets.set(id, bucket);
    // A clock that was moved back must not empty a bucket.
    const refill = (Math.max(0, now - bucket.filledAt) / 1000) * perSecond;
    bucket.tokens = Math.min(perSecond, bucket.tokens + refill);
    bucket.filledAt = now;
    // The sum of many small refills falls short of the whole by rounding.
    if (bucket.tokens < 1 - 1e-9) return false;
    bucket.tokens -= 1;
    return true;
  }
}
