import type { UpkeepOutbox } from '../ports.ts';
import { key, type OurRole } from './list-roles.ts';

/**
 * A sweep that lacks the time for all roles is done page by page: each invocation takes the roles after the last one of
 * the page before, in the order of their names, and asks by a message of upkeep to be called again.
 */

/** The roles that are left for this page and those after it. `after`: null for the first page. */
export const rolesAfter = (ours: readonly OurRole[], after: string | null): readonly OurRole[] =>
  after === null ? ours : ours.filter(({ name }) => key(name) > key(after));

/** A page that took no role would have no place to go on from, and all the others would wait for ever. */
export function atLeastOnce(may: () => boolean): () => boolean {
  let asked = false;
  return () => {
    const first = !asked;
    asked = true;
    return first || may();
  };
}

/** Asks for the next page, where this one took only some of its roles. The name of the last that it took; null for all. */
export async function askForNextPage(
  roles: readonly OurRole[],
  taken: number,
  upkeep: UpkeepOutbox,
): Promise<string | null> {
  const last = taken < roles.length ? roles[taken - 1] : undefined;
  if (last === undefined) return null;
  await upkeep.ask({ sweep: { after: last.name } });
  return last.name;
}
