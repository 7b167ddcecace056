import { nearestWords } from '../../events/nearest.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Request } from '../../events/request.ts';
import { quote } from '../../events/visible.ts';
import { ALL_ENGINES, resolveEngine } from './catalogue.ts';
import type { EngineId } from './engine.ts';
import { type Grants, grants } from './grants.ts';
import {
  hasModifyingRight,
  instanceList,
  MAX_INSTANCES_LENGTH,
  type Narrowed,
  whyNotInstances,
  whyNotReadOnly,
} from './scope.ts';

/** What a request is about, every name resolved against the catalogue; or what is wrong with it, and the way out. */
export function resolveAsked(
  request: Pick<Request, 'engines' | 'connections' | 'instances' | 'readOnly'>,
): Grants | Problem {
  const engines: EngineId[] = [];
  const unknown: string[] = [];
  for (const [index, word] of (request.engines ?? []).entries()) {
    const engine = resolve(word, `engines[${index}]`);
    if ('id' in engine) engines.push(engine.id);
    else unknown.push(engine.fault);
  }
  if (unknown.length > 0) return unknownEngine(unknown);
  const narrowed = request.readOnly === true ? readOnly(engines) : forInstances(request, engines);
  return narrowed instanceof Map ? grants(engines, request.connections, narrowed) : narrowed;
}

export const isGrants = (asked: Grants | Problem): asked is Grants => 'narrowed' in asked;

/** Of engines without a modifying right the whole document is granted, since all of it reads. */
function readOnly(engines: readonly EngineId[]): Map<EngineId, readonly string[]> | Problem {
  const faults = engines.flatMap((id) => whyNotReadOnly(id) ?? []);
  if (faults.length > 0) return invalid(faults.map((why) => `readOnly is true: ${why}`));
  return new Map(engines.filter(hasModifyingRight).map((id) => [id, []]));
}

function forInstances(
  { instances = {} }: Pick<Request, 'instances'>,
  engines: readonly EngineId[],
): Map<EngineId, readonly string[]> | Problem {
  const narrowed = new Map<EngineId, readonly string[]>();
  const faults: string[] = [];
  for (const [word, list] of Object.entries(instances)) {
    const place = `instances.${word.slice(0, 80)}`;
    const engine = resolve(word, place);
    if ('fault' in engine) return unknownEngine([engine.fault]);
    const { id } = engine;
    const ids = instanceList(list);
    const length = ids.join(' ').length;
    const why = whyNotInstances(id);
    if (!engines.includes(id))
      faults.push(`${place} is about an engine that "engines" does not name; add it there`);
    else if (narrowed.has(id)) faults.push(`${place} is a second list for ${id}; make it one`);
    else if (why !== null) faults.push(`${place}: ${why}`);
    else if (length > MAX_INSTANCES_LENGTH)
      faults.push(
        `${place} has ${ids.length} ids of ${length} characters together, and a role's tag holds ${MAX_INSTANCES_LENGTH}; name fewer`,
      );
    else narrowed.set(id, ids);
  }
  return faults.length > 0 ? invalid(faults) : narrowed;
}

function resolve(word: string, place: string): { readonly id: EngineId } | { readonly fault: string } {
  const found = resolveEngine(word);
  if ('id' in found) return found;
  return { fault: `${place} is ${quote(word)}, which is no engine${nearestWords(found.near)}` };
}

const unknownEngine = (faults: readonly string[]): Problem =>
  problem('unknown-engine', `${faults.slice(0, 5).join('; ')}. Known: ${ALL_ENGINES.join(', ')}.`);

const invalid = (faults: readonly string[]): Problem =>
  problem('invalid-request', `${faults.slice(0, 5).join('; ')}.`);

/** The narrowed engines of a set, in the form of a reply; empty where nothing is narrowed. */
export function narrowedParts(narrowed: Narrowed): {
  instances?: Record<string, string[]>;
  readOnly?: string[];
} {
  const instances: Record<string, string[]> = {};
  const readOnly: string[] = [];
  for (const [id, on] of narrowed) {
    if (on.length === 0) readOnly.push(id);
    else instances[id] = [...on];
  }
  return {
    ...(Object.keys(instances).length === 0 ? {} : { instances }),
    ...(readOnly.length === 0 ? {} : { readOnly }),
  };
}
