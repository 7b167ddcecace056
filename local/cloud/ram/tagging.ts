import type { Call } from '../operation.ts';
import { customPolicy, roleNamed } from './find.ts';
import type { Policy, Role } from './types.ts';

type ResourceType = 'role' | 'policy';

/**
 * The resources named, each once. All or nothing: one that does not exist fails the call before any is changed.
 * @throws ApiError `EntityNotExist.Role`, `EntityNotExist.Policy`.
 */
export function taggable(call: Call, type: ResourceType, names: readonly string[]): (Role | Policy)[] {
  const find = (name: string) => (type === 'role' ? roleNamed(call, name) : customPolicy(call, name));
  return [...new Set(names.map(find))];
}

/** Those of the resources named that exist, each once. */
export function existing(call: Call, type: ResourceType, names: readonly string[]): (Role | Policy)[] {
  const { ram } = call.account;
  const find = (name: string) => (type === 'role' ? ram.findRole(name) : ram.findPolicy('Custom', name));
  return [...new Set(names.map(find))].filter((resource) => resource !== undefined);
}

/** Every resource of a type that can have tags. */
export function allTaggable(call: Call, type: ResourceType): (Role | Policy)[] {
  const { ram } = call.account;
  return [...(type === 'role' ? ram.roles : ram.policies).values()];
}
