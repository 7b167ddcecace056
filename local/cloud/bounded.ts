/** How many calls, sessions, nonces, log lines and lost messages, each, a world keeps unless it is asked for more. */
export const KEPT = 10_000;

/** Adds to a list of which `keep` are kept. The oldest go a tenth at a time, so that adding costs the same at any length. */
export function addBounded<T>(list: T[], item: T, keep: number): void {
  list.push(item);
  if (list.length > keep * 1.1) list.splice(0, list.length - keep);
}

/** Takes away the oldest entries of a map, so that `keep` are left. */
export function dropOldest<K>(
  map: { readonly size: number; keys(): Iterator<K>; delete(key: K): boolean },
  keep: number,
): void {
  while (map.size > keep) {
    const { done, value } = map.keys().next();
    if (done === true) return;
    map.delete(value);
  }
}
