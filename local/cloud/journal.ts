import { addBounded, KEPT } from './bounded.ts';
import type { Caller } from './caller.ts';

/** One call as the cloud saw it. Times are the world's clock (ms). Holds no key, no token, no signature. */
export interface CallRecord {
  readonly service: string;
  readonly operation: string;
  readonly kind: 'read' | 'write';
  /** UID of the account whose endpoint or objects the call was for. */
  readonly accountId: string;
  readonly caller: Caller | null;
  readonly startedAt: number;
  readonly endedAt: number;
  /** A counter over the world: `begin` and `end` order calls exactly even when the clock stands still. */
  readonly begin: number;
  readonly end: number;
  /** HTTP status, and the vendor's code for an error. */
  readonly status: number;
  readonly code: string | null;
}

/** The history of calls, in the order in which they ended: the latest ones, at least `keep` of them. */
export class Journal {
  readonly calls: CallRecord[] = [];
  readonly #keep: number;
  #tick = 0;

  constructor(keep = KEPT) {
    this.#keep = keep;
  }

  /** The next value of the world's own order of events. */
  tick(): number {
    this.#tick += 1;
    return this.#tick;
  }

  add(call: CallRecord): void {
    addBounded(this.calls, call, this.#keep);
  }

  clear(): void {
    this.calls.length = 0;
  }
}

/**
 * How many calls had to wait for another: the longest chain in which each begins after the one before has ended.
 * Calls made side by side count once.
 */
export function roundTrips(calls: readonly CallRecord[]): number {
  let trips = 0;
  let free = -1;
  for (const call of [...calls].sort((a, b) => a.end - b.end)) {
    if (call.begin <= free) continue;
    trips += 1;
    free = call.end;
  }
  return trips;
}
