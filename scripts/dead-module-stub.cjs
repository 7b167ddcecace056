/** Stands for a module that was left out of a bundle: may be loaded, and its exports passed around, but nothing be used. */
exports.leftOut = (name) =>
  new Proxy({}, { get: (_module, key) => (key === '__esModule' ? true : unusable(name, String(key))) });

/** What the core's models ask of every class that a field may hold. */
const ASKED_OF_TYPES = ['type', 'types', 'names'];

function unusable(name, part) {
  // Not an arrow: a class may be constructed or extended.
  function refuse() {
    const error = new Error(
      `${part} of ${name} was used, which is left out of the bundle because nothing should use it; take it out of scripts/dead-modules.mjs`,
    );
    // Ends up in the message of the call that failed, which keeps letters and dots only (shared/alicloud/api.ts).
    error.name = `LeftOutOfBundle.${name.replaceAll(/\W+/g, '.')}.${part}`;
    throw error;
  }
  const get = (_part, key) => (ASKED_OF_TYPES.includes(key) ? undefined : refuse());
  return new Proxy(refuse, {
    get,
    apply: refuse,
    construct: refuse,
    set: refuse,
    has: refuse,
    ownKeys: refuse,
  });
}
