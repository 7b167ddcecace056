/**
 * Works through items in order, up to `size` at a time. Starts no further item once `mayStart` answers false or an
 * item has failed. Resolves with the number of items that were started, when all of these have ended. Throws the
 * first failure.
 */
export async function pool<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<void>,
  mayStart: () => boolean = () => true,
): Promise<number> {
  const failures: unknown[] = [];
  const queue = items.values();
  let taken = 0;
  const worker = async () => {
    while (failures.length === 0 && mayStart()) {
      const next = queue.next();
      if (next.done === true) return;
      taken += 1;
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: size }, worker));
  if (failures.length > 0) throw failures[0];
  return taken;
}
