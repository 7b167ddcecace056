import { alreadyExists } from './errors.ts';
import { key } from './state.ts';

/**
 * Gives an entity another name, if one is given. Its own name in another case is none that exists already.
 * @throws ApiError `EntityAlreadyExists.<kind>`; then nothing is changed.
 */
export function rename<Named extends { name: string }>(
  all: Map<string, Named>,
  entity: Named,
  name: string | undefined,
  kind: 'User' | 'Group',
): void {
  if (name === undefined) return;
  const holder = all.get(key(name));
  if (holder !== undefined && holder !== entity) throw alreadyExists(kind);
  all.delete(key(entity.name));
  entity.name = name;
  all.set(key(name), entity);
}
