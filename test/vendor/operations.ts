import * as z from 'zod';
import data from './operations.json' with { type: 'json' };

const need = z.enum(['required', 'optional']);

const declared = z.object({
  method: z.string(),
  path: z.string().optional(),
  parameters: z.record(
    z.string(),
    z.tuple([z.string(), need, z.enum(['Query', 'Body', 'Path', 'Header', 'Host'])]),
  ),
  /** Of a JSON body, where a typed client of the vendor says more than that there is one. */
  fields: z.record(z.string(), z.tuple([z.string(), need])).optional(),
});

/** An operation as the vendor's metadata has it: of each parameter type, need and place. */
export type Declared = z.output<typeof declared>;

const OPERATIONS = z.record(z.string(), z.record(z.string(), declared)).parse(data.operations);

/** The operations of a product and version, by name; null where the metadata does not have it. */
export const declaredOf = (product: string, version: string): Readonly<Record<string, Declared>> | null =>
  OPERATIONS[`${product.toLowerCase()} ${version}`] ?? null;

/** Whether a path is one of a pattern with names in brackets, `/logstores/[logstore]/logs`. */
export const isAtPath = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/\[[^\]]+\]/g, '[^/]+')}$`).test(path);

/** Whether a value, as it travels, is of the vendor's type. */
export function isOfType(type: string, value: string): boolean {
  if (type === 'Integer' || type === 'Long') return /^-?\d{1,19}$/.test(value);
  if (type === 'Boolean') return value === 'true' || value === 'false';
  if (type !== 'Json') return true;
  return typeof jsonOf(value) === 'object';
}

/** What is wrong with the fields of a JSON body. Empty where the vendor says nothing of them. */
export function fieldFaults({ fields }: Declared, body: unknown): readonly string[] {
  if (fields === undefined) return [];
  const given = typeof body === 'object' && body !== null ? body : {};
  return [
    ...Object.entries(given).flatMap(([name, value]) => {
      const known = fields[name];
      if (known === undefined) return [`no field ${name}`];
      return isOfKind(known[0], value) ? [] : [`${name} is no ${known[0]}`];
    }),
    ...Object.entries(fields)
      .filter(([name, [, needed]]) => needed === 'required' && !(name in given))
      .map(([name]) => `${name} is missing`),
  ];
}

const isOfKind = (type: string, value: unknown): boolean =>
  typeof value === (type === 'Json' ? 'object' : type.toLowerCase());

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
