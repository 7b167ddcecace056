/**
 * How long somebody waits behind the flood of another, in virtual time. Only the platform's rule is modelled: an event
 * that meets a full function comes again after 0.5, 1, 2, 4, 8 s ... for up to five hours ("Configure a retry
 * mechanism"). It does not wait in a line, so whoever came first may come last.
 */
export interface Flood {
  readonly seed: number;
  /** Messages of the loud requester, published within `withinMs`. */
  readonly messages: number;
  readonly withinMs: number;
  /** Of the loud requester: how many are carried out. The others take `heldMs`. */
  readonly perMinute: number;
  /** Time that one message takes, in ms. */
  readonly carriedOutMs: number;
  readonly heldMs: number;
  /** Instances: events that run at once. */
  readonly instances: number;
  /** Messages of whoever waits, published at once: one of another requester, two where the owner closes both roles. */
  readonly ours: number;
}

/** The random numbers of a seed, in [0, 1). */
function randomOf(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Attempt {
  readonly at: number;
  readonly retry: number;
  /** One of those whose delay is looked for. */
  readonly ours: boolean;
}

/** Takes the earliest attempt out; the order of the others does not matter. */
function takeFirst(waiting: Attempt[]): Attempt | undefined {
  let first = 0;
  for (let n = 1; n < waiting.length; n += 1)
    if ((waiting[n]?.at ?? 0) < (waiting[first]?.at ?? 0)) first = n;
  const found = waiting[first];
  const last = waiting.pop();
  if (last !== undefined && first < waiting.length) waiting[first] = last;
  return found;
}

/** An event is given up after five hours of attempts. */
const GIVEN_UP_MS = 5 * 3_600_000;

/** Milliseconds from our publication, in the middle of the flood, until all of it is done; infinite if it is given up. */
export function delayBehind(flood: Flood): number {
  const random = randomOf(flood.seed);
  const published = flood.withinMs * (0.25 + random() / 2);
  const waiting: Attempt[] = Array.from({ length: flood.messages }, () => ({
    at: random() * flood.withinMs,
    retry: 0,
    ours: false,
  }));
  for (let n = 0; n < flood.ours; n += 1) waiting.push({ at: published, retry: 0, ours: true });
  let left = flood.ours;
  const busyUntil: number[] = Array.from({ length: flood.instances }, () => 0);
  let carriedOut: number[] = [];
  while (waiting.length > 0) {
    const next = takeFirst(waiting);
    if (next === undefined) break;
    const free = busyUntil.findIndex((until) => until <= next.at);
    if (free < 0) {
      // The pages give no spread of the pauses; some there is in every real network.
      const pause = 500 * 2 ** next.retry * (0.9 + random() * 0.2);
      if (next.at + pause - published > GIVEN_UP_MS) {
        if (next.ours) return Number.POSITIVE_INFINITY;
        continue;
      }
      waiting.push({ ...next, at: next.at + pause, retry: next.retry + 1 });
      continue;
    }
    carriedOut = carriedOut.filter((at) => at > next.at - 60_000);
    const held = !next.ours && carriedOut.length >= flood.perMinute;
    if (!next.ours && !held) carriedOut.push(next.at);
    const end = next.at + (held ? flood.heldMs : flood.carriedOutMs) * (0.8 + random() * 0.4);
    busyUntil[free] = end;
    if (next.ours) left -= 1;
    if (left === 0) return end - published;
  }
  return Number.POSITIVE_INFINITY;
}

/** The delays of many seeds in seconds: the median, nine of ten, and the longest. */
export function spread(flood: Omit<Flood, 'seed'>, seeds: number): { p50: number; p90: number; max: number } {
  const delays = Array.from({ length: seeds }, (_, seed) => delayBehind({ ...flood, seed })).toSorted(
    (a, b) => a - b,
  );
  const at = (share: number) =>
    Math.round((delays[Math.ceil(share * seeds) - 1] ?? Number.POSITIVE_INFINITY) / 100) / 10;
  return { p50: at(0.5), p90: at(0.9), max: at(1) };
}
