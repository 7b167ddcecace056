import { distance } from 'fastest-levenshtein';

const PAGE = 'docs/use/local-cloud.md';

/** The names most like one: what was meant by a wrong one, and what is there where an operation is not. */
function nearest(name: string, known: readonly string[]): readonly string[] {
  const ranked = known.map((one) => ({ one, away: distance(name.toLowerCase(), one.toLowerCase()) }));
  const near = ranked.filter(({ one, away }) => away <= Math.max(name.length, one.length) / 2);
  return near
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Says that an operation is not here: what was asked for, what is near it, and the page of all that is. */
export function notCovered(asked: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const instead = near.length === 0 ? '' : ` Near it: ${near.join(', ')}.`;
  return `The local cloud has no operation ${asked}.${instead} All that it has: ${PAGE}.`;
}

/** An operation that a product finds by method and path, or the product where a list of them stands. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** What the vendor has there. */
  readonly names: readonly string[];
  /** `fc of version 2023-03-30`. */
  readonly product: string;
}

/** The same for products that find an operation by method and path; `known`: names and places of those that are here. */
export function notCoveredAt(
  { method, path, names, product }: Asked,
  known: readonly { readonly name: string; readonly method: string; readonly path: string }[],
): string {
  const place = `${method} ${shown(path)}`;
  const [name] = names;
  if (name !== undefined) {
    const asked = `${names.join(' or ')}, which the vendor has in ${product} at ${place}`;
    return notCovered(
      asked,
      name,
      known.map((one) => one.name),
    );
  }
  // A query tells several operations of one place apart.
  const places = [...new Set(known.map((one) => `${one.method} ${one.path}`))];
  return notCovered(`at ${place} in ${product}`, `${method} ${path.slice(0, 200)}`, places);
}

/** Foreign text in a message: short and without control characters. */
export const shown = (text: string): string => JSON.stringify(text.slice(0, 100));
