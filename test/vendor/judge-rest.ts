import { declaredOf } from './operations.ts';

/** An operation that the local cloud finds by method and path, with names after colons: `/logstores/:logstore/logs`. */
export interface RestOperation {
  readonly product: string;
  readonly version: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** What of it is not as the vendor's metadata has it. */
export function restFaults({ product, version, name, method, path }: RestOperation): readonly string[] {
  const declared = declaredOf(product, version)?.[name];
  const what = `${product} ${name}`;
  if (declared === undefined) return [`${what}: no operation of ${version}`];
  const plain = (text: string): string => text.replaceAll(/:\w+|\[\w+\]/g, '*');
  return [
    ...(declared.method === method ? [] : [`${what}: by ${method}, not ${declared.method}`]),
    ...(plain(declared.path ?? '/') === plain(path)
      ? []
      : [`${what}: at ${path}, the vendor has it at ${declared.path ?? '/'}`]),
  ];
}
