import type * as z from 'zod';
import { witnessedRam } from '../actiontrail/witness.ts';
import { type Call, type Permission, type RpcOperation, rpcOperation } from '../operation.ts';
import type { PolicyType } from './types.ts';

/** What differs from one RAM operation to the next. */
interface RamOperation<Input> {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly input: z.ZodType<Input>;
  /** The resources on each of which the caller needs the right `ram:<name>`. */
  resources(input: Input, call: Call): readonly string[];
  run(input: Input, call: Call): object;
}

/** Declares an operation of RAM, version 2015-05-01. Its RAM action is always `ram:<name>`. */
export function ramOperation<Input>(operation: RamOperation<Input>): RpcOperation {
  const { name, kind, input } = operation;
  return rpcOperation<Input>({
    service: 'ram',
    version: '2015-05-01',
    name,
    kind,
    page: `https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-${name.toLowerCase()}`,
    input,
    permission: (parsed, call): Permission[] =>
      operation.resources(parsed, call).map((resource) => ({ action: `ram:${name}`, resource })),
    run: (parsed, call) =>
      kind === 'read'
        ? operation.run(parsed, call)
        : witnessedRam(call, name, Object(parsed), () => operation.run(parsed, call)),
  });
}

/**
 * Resources are named as the entity is, not as the caller spells it: names have no case, and a Deny on `role/Admin`
 * must hold for a request that says `admin`.
 */
export function roleResource(call: Call, name: string): string {
  return own(call, `role/${call.account.ram.findRole(name)?.name ?? name}`);
}

export function userResource(call: Call, name: string): string {
  return own(call, `user/${call.account.ram.findUser(name)?.name ?? name}`);
}

export function groupResource(call: Call, name: string): string {
  return own(call, `group/${call.account.ram.findGroup(name)?.name ?? name}`);
}

/** System policies belong to nobody: their place in the resource is `system`. */
export function policyResource(call: Call, type: PolicyType, name: string): string {
  const stored = call.account.ram.findPolicy(type, name)?.name ?? name;
  return type === 'Custom' ? own(call, `policy/${stored}`) : `acs:ram:*:system:policy/${stored}`;
}

/**
 * What an operation works on that cannot be scoped (TagResources, DecodeDiagnosticMessage and their like): the pages say
 * "All Resources", so only a policy on `*` covers it.
 */
export const allResources = ['*'];

function own(call: Call, relative: string): string {
  return `acs:ram:*:${call.account.uid}:${relative}`;
}
