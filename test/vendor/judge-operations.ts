import type { RpcOperation } from '../../local/cloud/operation.ts';
import { type Declared, declaredOf } from './operations.ts';

/** What of an operation of the local cloud is not as the vendor's metadata has it; nothing where it lacks the product. */
export function operationFaults(operation: RpcOperation): readonly string[] {
  const { service, version, name, route } = operation;
  const known = declaredOf(service, version);
  if (known === null) return [];
  const declared = known[name];
  const what = `${service} ${name}`;
  if (declared === undefined) return [`${what}: no operation of ${version}`];
  const names = parametersOf(operation.input);
  return [
    ...placeFaults(what, declared, route),
    ...names
      .filter((one) => declared.parameters[one] === undefined)
      .map((one) => `${what}: no parameter ${one}`),
    ...Object.entries(declared.parameters).flatMap(([one, [type, need]]) => [
      ...(need === 'required' && takesWithout(operation, one) ? [`${what}: ${one} is not required`] : []),
      ...(names.includes(one) && wordOf(type) !== null && takes(operation, one, wordOf(type) ?? '')
        ? [`${what}: ${one} takes what is no ${type}`]
        : []),
    ]),
  ];
}

function placeFaults(what: string, { method, path = '/' }: Declared, route: RpcOperation['route']) {
  const here = route ?? { method: 'POST', path: '/' };
  return [
    ...(path === here.path ? [] : [`${what}: at ${here.path}, the vendor has it at ${path}`]),
    ...(method.split('|').includes(here.method) ? [] : [`${what}: by ${here.method}, not ${method}`]),
  ];
}

/** A value that is none of a type; null where every text is one. */
const wordOf = (type: string): string | null =>
  ['Integer', 'Long', 'Boolean'].includes(type) ? 'neither' : type === 'Json' ? '{' : null;

const faultsAt = ({ input }: RpcOperation, name: string, value: Readonly<Record<string, string>>): boolean =>
  input.safeParse(value).error?.issues.some(({ path }) => path[0] === name) ?? false;

const takesWithout = (operation: RpcOperation, name: string): boolean => !faultsAt(operation, name, {});
const takes = (operation: RpcOperation, name: string, value: string): boolean =>
  !faultsAt(operation, name, { [name]: value });

/** Names in the object at the bottom of a schema. */
export function parametersOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if ('shape' in schema && typeof schema.shape === 'object' && schema.shape !== null)
    return Object.keys(schema.shape);
  return 'out' in schema ? parametersOf(schema.out) : [];
}
