import * as z from 'zod';
import data from './vendor-operations.json' with { type: 'json' };

/** The names of all operations that the vendor has, by product and version. */
const OPERATIONS = z.record(z.string(), z.array(z.string())).parse(data.operations);

/** All that the vendor has in a version of a product; null where no list is at hand. */
export const vendorOperations = (product: string, version: string): readonly string[] | null =>
  OPERATIONS[`${product} ${version}`] ?? null;

/** The product of the vendor that has an operation in a version; null for none that is known. */
export function productOf(name: string, version: string): string | null {
  const found = Object.entries(OPERATIONS).find(
    ([id, names]) => id.endsWith(` ${version}`) && names.includes(name),
  );
  return found?.[0].split(' ')[0] ?? null;
}
