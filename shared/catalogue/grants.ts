import { CATALOGUE, type DocumentId, isPolicyEngine } from './catalogue.ts';
import type { ConnectionId, EngineId } from './engine.ts';
import { type Narrowed, NOT_NARROWED } from './scope.ts';

/** What a role grants: engines and connections, each sorted and without repetition, and how engines are narrowed. */
export interface Grants {
  readonly engines: readonly EngineId[];
  readonly connections: readonly ConnectionId[];
  readonly narrowed: Narrowed;
}

export const NO_GRANTS: Grants = { engines: [], connections: [], narrowed: NOT_NARROWED };

/**
 * Makes a set of grants, sorted and without repetition, so that equal sets are equal values. `narrowed`: of its
 * engines.
 */
export function grants(
  engines: Iterable<EngineId>,
  connections: Iterable<ConnectionId>,
  narrowed: Pick<ReadonlyMap<EngineId, readonly string[] | undefined>, 'get'> = NOT_NARROWED,
): Grants {
  const ids = [...new Set(engines)].sort();
  const among = ids.flatMap((id) => {
    const instances = narrowed.get(id);
    return instances === undefined ? [] : [[id, instances] as const];
  });
  return { engines: ids, connections: [...new Set(connections)].sort(), narrowed: new Map(among) };
}

export const isEmpty = (set: Grants): boolean => set.engines.length === 0;

/**
 * The ids whose permission documents the set needs, sorted. Engines that the trust alone serves have none;
 * both connections need the VPC document, which is of no use without an engine.
 */
export function documentIds(set: Grants): readonly DocumentId[] {
  if (isEmpty(set)) return [];
  const ids: DocumentId[] = set.engines.filter(isPolicyEngine);
  if (set.connections.length > 0) ids.push('vpc');
  return ids.sort();
}

/** The RAM actions of a set, as the vendor's documents list them. */
export const actionsOf = (ids: readonly DocumentId[]): readonly string[] =>
  ids.flatMap((id) => CATALOGUE[id].actions);
