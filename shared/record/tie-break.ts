import type { Millis } from '../runtime/millis.ts';
import type { Entry } from './entry.ts';

/**
 * The later of two words about one grant: the newer one; of one millisecond the revoke (a grant that has run out is
 * written down under its own time); of two grants the one that ends first, then the narrower. A total order, so that it
 * does not matter which of the two comes first.
 */
export function laterWord(current: Entry, next: Entry): Entry {
  if (next.at > current.at) return next;
  if (next.at < current.at) return current;
  if (next.state !== current.state) return next.state === 'revoked' ? next : current;
  const [ends, ended] = [next.until ?? Infinity, current.until ?? Infinity];
  if (ends < ended) return next;
  if (ends > ended) return current;
  const [width, before] = [next.instances?.length ?? Infinity, current.instances?.length ?? Infinity];
  if (width < before) return next;
  if (width > before) return current;
  return String(next.instances) < String(current.instances) ? next : current;
}

/** What a close says about every grant: a revoke of its own time. */
export const closing = (at: Millis): Entry => ({ state: 'revoked', at, until: null });

/** Whether a word is later than the close of its role. `closedAt`: null for a role that nobody has closed. */
export const outlivesClose = (entry: Entry, closedAt: Millis | null): boolean =>
  closedAt === null || laterWord(entry, closing(closedAt)) === entry;
