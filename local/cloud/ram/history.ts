import type { AccessKey, Group, Policy, Role, User } from './types.ts';

/** What RAM stores, by `key(name)` or id. */
export interface RamEntities {
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, Policy>;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly accessKeys: Map<string, AccessKey>;
}

interface Past {
  readonly entities: RamEntities;
  /** The instant of the write that ended it. */
  readonly until: number;
}

/**
 * What RAM stored before its latest writes, for readings that are old. Copies share what did not change, so a write costs
 * one comparison of every entity: made for accounts of some hundreds of them.
 */
export class RamHistory {
  #past: Past[] = [];

  /** To be called before a write. `keepMs`: how old the oldest reading may be; 0 keeps nothing. */
  remember(entities: RamEntities, now: number, keepMs: number): void {
    this.#past = this.#past.filter(({ until }) => until > now - keepMs);
    // Of several writes at one instant only what was there before the first can be seen.
    if (keepMs === 0 || this.#past.at(-1)?.until === now) return;
    this.#past.push({ until: now, entities: copyEntities(entities, this.#past.at(-1)?.entities) });
  }

  /** What was stored at that instant; null for what is stored now. */
  asOf(instant: number): RamEntities | null {
    return this.#past.find(({ until }) => until > instant)?.entities ?? null;
  }
}

/** Copies that later changes do not reach. They share with `last` what is the same there. */
export const copyEntities = (entities: RamEntities, last?: RamEntities): RamEntities => ({
  roles: copyMap(entities.roles, last?.roles),
  policies: copyMap(entities.policies, last?.policies),
  users: copyMap(entities.users, last?.users),
  groups: copyMap(entities.groups, last?.groups),
  accessKeys: copyMap(entities.accessKeys, last?.accessKeys),
});

function copyMap<Entity extends object>(
  entities: ReadonlyMap<string, Entity>,
  last: Map<string, Entity> | undefined,
): Map<string, Entity> {
  const copies = new Map<string, Entity>();
  let changed = last?.size !== entities.size;
  for (const [key, entity] of entities) {
    const known = last?.get(key);
    const same = known !== undefined && isSame(known, entity);
    copies.set(key, same ? known : copyOf(entity));
    changed ||= !same;
  }
  return changed || last === undefined ? copies : last;
}

/** Lists and documents are replaced as a whole (see `types.ts`); only tags are changed in place. */
function copyOf<Entity extends object>(entity: Entity): Entity {
  const copy = { ...entity };
  for (const [name, value] of Object.entries(copy)) {
    if (value instanceof Map) Reflect.set(copy, name, new Map(value));
  }
  return copy;
}

function isSame(copy: object, entity: object): boolean {
  return Object.entries(entity).every(([name, value]) => {
    const known: unknown = Reflect.get(copy, name);
    return value instanceof Map && known instanceof Map ? hasSameEntries(known, value) : known === value;
  });
}

function hasSameEntries(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && b.get(key) === value);
}
