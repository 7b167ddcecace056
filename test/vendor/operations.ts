import { z } from 'zod';
import data from './operations.json' with { type: 'json' };

const declared = z.object({
  method: z.string(),
  path: z.string().optional(),
  parameters: z.record(
    z.string(),
    z.tuple([z.string(), z.enum(['required', 'optional']), z.enum(['Query', 'Body', 'Path', 'Header'])]),
  ),
});

/** An operation as the vendor's metadata has it: of each parameter type, need and place. */
export type Declared = z.output<typeof declared>;

const OPERATIONS = z.record(z.string(), z.record(z.string(), declared)).parse(data.operations);

/** The operations of a product and version, by name; null where the metadata does not have it. */
export const declaredOf = (product: string, version: string): Readonly<Record<string, Declared>> | null =>
  OPERATIONS[`${product.toLowerCase()} ${version}`] ?? null;

/** Whether a value, as it travels, is of the vendor's type. */
export function isOfType(type: string, value: string): boolean {
  if (type === 'Integer' || type === 'Long') return /^-?\d{1,19}$/.test(value);
  if (type === 'Boolean') return value === 'true' || value === 'false';
  if (type !== 'Json') return true;
  try {
    return typeof JSON.parse(value) === 'object';
  } catch {
    return false;
  }
}
