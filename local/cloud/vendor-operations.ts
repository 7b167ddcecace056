import * as z from 'zod';
import data from './vendor-operations.json' with { type: 'json' };

const schema = z.object({
  operations: z.record(z.string(), z.array(z.string())),
  /** Of products that find an operation by method and path: `PUT /functions/[functionName]`, by name. */
  paths: z.record(z.string(), z.record(z.string(), z.string())),
});

let parsed: z.output<typeof schema> | null = null;

/** Read when it is first asked for: only refusals and the page need it. */
function known(): z.output<typeof schema> {
  parsed ??= schema.parse(data);
  return parsed;
}

/** All that the vendor has in a version of a product; null where no list is at hand. */
export const vendorOperations = (product: string, version: string): readonly string[] | null =>
  known().operations[`${product} ${version}`] ?? null;

/** The product of the vendor that has an operation in a version; null for none that is known. */
export function productOf(name: string, version: string): string | null {
  const found = Object.entries(known().operations).find(
    ([id, names]) => id.endsWith(` ${version}`) && names.includes(name),
  );
  return found?.[0].split(' ')[0] ?? null;
}

/** What the vendor has at a method and a path: one name, several that the query or the host tells apart, or none. */
export function vendorNamesAt(
  product: string,
  version: string,
  method: string,
  path: string,
): readonly string[] {
  const all = Object.entries(known().paths[`${product} ${version}`] ?? {});
  return all.filter(([, at]) => isAt(at, method, path)).map(([name]) => name);
}

function isAt(at: string, method: string, path: string): boolean {
  const [methods = '', pattern = ''] = at.split(' ');
  if (!methods.split('|').includes(method)) return false;
  const wanted = (pattern.split('?')[0] ?? '').split('/');
  const parts = path.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => (part.startsWith('[') ? parts[index] !== '' : part === parts[index]))
  );
}
