import type { RestRequest } from '../rest.ts';
import type { FcOperation, PathNames } from './operation.ts';
import { fcOperations } from './operations/index.ts';

export interface Route {
  readonly operation: FcOperation;
  readonly names: PathNames;
}

/** The operation of a request by version, path and method; null for what is none. */
export function findRoute(request: RestRequest): Route | null {
  for (const operation of fcOperations) {
    if (operation.method !== request.method) continue;
    const names = namesIn(`/${operation.version ?? '2023-03-30'}${operation.path}`, request.path);
    if (names !== null) return { operation, names };
  }
  return null;
}

/** Puts names in the place of `:function` and `:trigger`. */
export const filledIn = (pattern: string, names: PathNames): string =>
  pattern.replace(':function', names.function).replace(':trigger', names.trigger);

function namesIn(pattern: string, path: string): PathNames | null {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  if (wanted.length !== parts.length) return null;
  const names = { function: '', trigger: '' };
  for (const [index, actual] of parts.entries()) {
    const part = wanted[index];
    if (part === ':function' && actual !== '') names.function = actual;
    else if (part === ':trigger' && actual !== '') names.trigger = actual;
    else if (part !== actual) return null;
  }
  return names;
}
