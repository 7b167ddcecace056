/**
 * Works through items in order, up to `size` at a time. Takes no further one once `mayStart` says no, or after one has
 * failed; resolves when all that were taken have ended, with how many those were. Throws the first failure.
 */
export async function pool<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<void>,
  mayStart: () => boolean = () => true,
): Promise<number> {
  const failures: unknown[] = [];
  let taken = 0;
  const worker = async () => {
    while (taken < items.length && failures.length === 0 && mayStart()) {
      const item = items[taken] as T;
      taken += 1;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: size }, worker));
  if (failures.length > 0) throw failures[0];
  return taken;
}
