import { createHash, timingSafeEqual as sameBytes } from 'node:crypto';

/**
 * Whether two texts are equal, in a time that does not depend on where they differ: SHA-256 digests are compared,
 * which have equal length, byte by byte. `undefined` takes as long and is never equal.
 */
export const timingSafeEqual = (given: string | undefined, wanted: string): boolean =>
  sameBytes(digest(String(given)), digest(wanted)) && given !== undefined;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
