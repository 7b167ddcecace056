import { mnsError } from './errors.ts';
import type { XmlElement } from './xml/read.ts';

/** The children of an element by name. */
export type Fields = ReadonlyMap<string, XmlElement>;

/** Throws `InvalidArgument` unless the root has this name. */
export function expectRoot(root: XmlElement, name: string): XmlElement {
  if (root.name !== name) throw schemaError(root.name);
  return root;
}

/** Reads an element whose children have only these names, each at most once. Throws `InvalidArgument`. */
export function fieldsOf(element: XmlElement, allowed: readonly string[]): Fields {
  const fields = new Map<string, XmlElement>();
  for (const child of element.children) {
    if (!allowed.includes(child.name) || fields.has(child.name)) throw schemaError(child.name);
    fields.set(child.name, child);
  }
  if (element.text.trim() !== '') throw schemaError(element.name);
  return fields;
}

/** The text of a child, exactly as sent; undefined if there is none. */
export function text(fields: Fields, name: string): string | undefined {
  const field = fields.get(name);
  if (field === undefined) return undefined;
  if (field.children.length > 0) throw schemaError(name);
  return field.text;
}

/** A whole number from `low` to `high`; undefined if the child is absent. Throws `InvalidArgument`. */
export function integer(fields: Fields, name: string, low: number, high: number): number | undefined {
  const value = text(fields, name);
  return value === undefined ? undefined : parseInteger(name, value, low, high);
}

/** `True` or `False` in any case; undefined if the child is absent. */
export function flag(fields: Fields, name: string): boolean | undefined {
  const value = text(fields, name)?.trim().toLowerCase();
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw schemaError(name);
  return value === 'true';
}

/** One of `values`; undefined if the child is absent. */
export function oneOf<T extends string>(fields: Fields, name: string, values: readonly T[]): T | undefined {
  const value = text(fields, name)?.trim();
  if (value === undefined) return undefined;
  const found = values.find((one) => one === value);
  if (found === undefined)
    throw invalidArgument(`The value of ${name} should be one of ${values.join(', ')}.`);
  return found;
}

export function parseInteger(name: string, value: string, low: number, high: number): number {
  const number = /^[0-9]{1,9}$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!(number >= low && number <= high)) throw outOfRange(name, low, high);
  return number;
}

export function outOfRange(name: string, low: number, high: number): Error {
  return invalidArgument(`The value of ${name} should between ${low} and ${high} seconds/bytes.`);
}

export function invalidArgument(message: string): Error {
  return mnsError('InvalidArgument', message);
}

function schemaError(name: string): Error {
  return invalidArgument(
    `The XML you provided did not validate against our published schema, cause by Element ${name}.`,
  );
}
