import { ApiError } from './error.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null after the last one. */
  readonly next: string | null;
}

/**
 * One page in the order of `key`. The marker holds the key of the last item answered, not a position: what exists
 * throughout a listing is answered exactly once, whatever is created or deleted between two pages.
 * @throws ApiError 400 `InvalidParameter.<parameter>` for a marker that was never given out.
 */
export function page<Item>(
  all: Iterable<Item>,
  key: (item: Item) => string,
  request: { readonly marker: string; readonly size: number; readonly parameter: 'Marker' | 'NextToken' },
): Page<Item> {
  const after = request.marker === '' ? '' : decode(request.marker, request.parameter);
  const rest = [...all]
    .map((item) => ({ item, key: key(item) }))
    .filter((entry) => entry.key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const entries = rest.slice(0, request.size);
  const last = entries.at(-1);
  return {
    items: entries.map((entry) => entry.item),
    next: rest.length > entries.length && last !== undefined ? encode(last.key) : null,
  };
}

const encode = (key: string): string => Buffer.from(`after:${key}`).toString('base64url');

function decode(marker: string, parameter: string): string {
  const text = Buffer.from(marker, 'base64url').toString();
  if (encode(text.slice('after:'.length)) === marker) return text.slice('after:'.length);
  throw new ApiError(400, `InvalidParameter.${parameter}`, `The parameter - "${parameter}" is incorrect.`);
}

/** How the listings of RAM say where they stopped. */
export function truncation(next: string | null): { IsTruncated: boolean; Marker?: string } {
  return next === null ? { IsTruncated: false } : { IsTruncated: true, Marker: next };
}
