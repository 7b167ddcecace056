import { CATALOGUE, type DocumentId } from './catalogue.ts';
import type { Document, Statement } from './document.ts';

/** The resources that the modifying rights of some engines are for (`resourcesOf`); all resources for the others. */
export type Resources = ReadonlyMap<DocumentId, readonly string[]>;

const NO_LIMITS: Resources = new Map();

/**
 * The permission policy of a set: one statement per engine, exactly as the vendor documents it. Null for none.
 *
 * Belief engine-rights (documented): these actions are what DMS needs for an engine. Source: the page of the
 * procedure. Shown wrong by: by hand: register an instance of each engine; DMS names the action that it misses.
 */
export function permissionDocument(
  ids: readonly DocumentId[],
  resources: Resources = NO_LIMITS,
): Document | null {
  if (ids.length === 0) return null;
  return { Statement: [...ids].sort().flatMap((id) => statements(id, resources.get(id))), Version: '1' };
}

/**
 * The statements of one engine. If it is narrowed, the reading actions are for all resources and the modifying one
 * for `on` only.
 */
function statements(id: DocumentId, on: readonly string[] | undefined): Statement[] {
  const { actions, modifying } = CATALOGUE[id];
  const allow = (Action: readonly string[], Resource: string | readonly string[]): Statement => ({
    Action,
    Resource,
    Effect: 'Allow',
  });
  if (on === undefined || modifying === null) return [allow(actions, '*')];
  const reading = actions.filter((action) => action !== modifying.action);
  return [allow(reading, '*'), ...(on.length === 0 ? [] : [allow([modifying.action], on)])];
}
