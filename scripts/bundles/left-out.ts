/**
 * Stands for a module that was left out of a bundle: it may be loaded and its exports passed around; whatever else is
 * done with one of them throws.
 */
export const leftOut = (name: string): object =>
  new Proxy({}, { get: (_module, key) => (key === '__esModule' ? true : unusable(name, String(key))) });

/** What the core's models ask of every class that a field may hold. */
const ASKED_OF_TYPES: readonly PropertyKey[] = ['type', 'types', 'names'];

function unusable(name: string, part: string): unknown {
  // Not an arrow: a class may be constructed or extended.
  function refuse(): never {
    const error = new Error(
      `${part} of ${name} was used, which is left out of the bundle because nothing should use it; take it out of scripts/bundles/dead-modules.ts`,
    );
    // Ends up in the message of the call that failed, which keeps letters and dots only (shared/alicloud/api.ts).
    error.name = `LeftOutOfBundle.${name.replaceAll(/\W+/g, '.')}.${part}`;
    throw error;
  }
  return new Proxy(refuse, {
    get: (_part, key) => (ASKED_OF_TYPES.includes(key) ? undefined : refuse()),
    apply: refuse,
    construct: refuse,
    set: refuse,
    has: refuse,
    ownKeys: refuse,
  });
}
