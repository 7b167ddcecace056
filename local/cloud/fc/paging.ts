import { invalidArgument } from './errors.ts';
import type { FcCall } from './operation.ts';

/**
 * One page of a list, as the API's lists have it: `limit` 1 to 100, `nextToken` is the name that the next page begins with.
 * Throws `ApiError` 400 `InvalidArgument`.
 */
export function pageOf<Item>(
  { request: { query } }: FcCall,
  items: ReadonlyMap<string, Item>,
): { readonly page: readonly Item[]; readonly next: { readonly nextToken: string | undefined } } {
  const limit = Number(query.get('limit') ?? '20');
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalidArgument('limit must be a whole number from 1 to 100');
  const prefix = query.get('prefix') ?? '';
  const from = query.get('nextToken') ?? '';
  const rest = [...items]
    .filter(([name]) => name.startsWith(prefix) && name >= from)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    page: rest.slice(0, limit).map(([, item]) => item),
    next: { nextToken: rest[limit]?.[0] },
  };
}
