import { CATALOGUE, type DocumentId, isPolicyEngine } from './catalogue.ts';
import type { EngineId } from './engine.ts';

/**
 * How far the modifying right of some engines goes: the instances that it is for, sorted; an empty list where the grant
 * may only read. Engines that are not in it have the right for all instances, as the vendor documents it.
 */
export type Narrowed = ReadonlyMap<EngineId, readonly string[]>;

export const NOT_NARROWED: Narrowed = new Map();

/** Ids of instances as the vendor makes them. No wildcard can be among them. */
export const INSTANCE_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * The most characters that the instance ids of one engine may have together. The times take the rest of the tag's
 * 256.
 */
export const MAX_INSTANCES_LENGTH = 180;

/** Instance ids in the form of a record: sorted, each once. */
export const instanceList = (ids: Iterable<string>): readonly string[] => [...new Set(ids)].sort();

/** The resources that the modifying rights of a set are for, ARN by ARN; empty for none. */
export function resourcesOf(
  narrowed: Narrowed,
  ownerUid: string,
): ReadonlyMap<DocumentId, readonly string[]> {
  const found = new Map<DocumentId, readonly string[]>();
  for (const [id, instances] of narrowed) {
    if (!isPolicyEngine(id)) continue;
    const resource = CATALOGUE[id].modifying?.resource;
    const arnOf = (arn: string, instance: string) =>
      arn.replace('<owner>', ownerUid).replace('<id>', instance);
    found.set(id, typeof resource === 'string' ? instances.map((one) => arnOf(resource, one)) : []);
  }
  return found;
}

/** Whether an engine can be narrowed like this. If not, its tag was not written by us. */
export const isNarrowing = (id: EngineId, instances: readonly string[]): boolean =>
  hasModifyingRight(id) && (instances.length === 0 || whyNotInstances(id) === null);

/** Whether any right of an engine changes something. */
export const hasModifyingRight = (id: EngineId): boolean =>
  isPolicyEngine(id) && CATALOGUE[id].modifying !== null;

/** Why the grant of an engine cannot be for named instances; null where it can. */
export function whyNotInstances(id: EngineId): string | null {
  if (!isPolicyEngine(id)) return trustOnly(id);
  const { modifying } = CATALOGUE[id];
  if (modifying === null)
    return `the rights of ${id} only read, so that nothing is to be narrowed; leave it out`;
  return modifying.resource === null
    ? `the vendor authorises ${modifying.action} for all instances or for none; leave ${id} out, or ask for it with "readOnly": true`
    : null;
}

/** Why the grant of an engine cannot be one that only reads; null where it can. */
export const whyNotReadOnly = (id: EngineId): string | null => (isPolicyEngine(id) ? null : trustOnly(id));

const trustOnly = (id: EngineId): string =>
  `${id} needs no permission policy: DMS may do there what the trust alone allows, and no document of ours can narrow it; ask for it in a request of its own`;
