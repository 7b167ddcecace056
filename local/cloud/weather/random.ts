import { createHash } from 'node:crypto';

/** A number in [0, 1). */
export type Random = () => number;

/**
 * The random numbers of one concern. Each concern has a stream of its own, so that switching one on or off does not
 * change what the others draw: the same seed and name give the same numbers, whatever else happens.
 */
export function randomStream(seed: number, name: string): Random {
  return mulberry32(seedOf(seed, name));
}

/** The seed of one concern, out of the seed of all. */
export function seedOf(seed: number, name: string): number {
  return createHash('sha256').update(`${seed}/${name}`).digest().readInt32BE();
}

/** Mulberry32, a 32-bit generator in the public domain: small, and good enough to shuffle with. */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
