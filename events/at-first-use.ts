/**
 * A value that is made when it is first asked for, and kept. For what takes long to make and what most instances of a
 * function never need: a cold start waits for all that is made as a module loads.
 */
export function atFirstUse<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
