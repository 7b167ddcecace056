import { type Asked, notCoveredAt } from '../not-covered.ts';
import type { RestRequest } from '../rest.ts';
import { vendorNamesAt } from '../vendor-operations.ts';
import type { SlsOperation } from './operation.ts';
import { slsOperations } from './operations/index.ts';
import type { Place } from './place.ts';

export interface Route {
  readonly operation: SlsOperation;
  /** Empty where the path names none. */
  readonly logstore: string;
}

const routes = slsOperations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replace(':logstore', '([\\w-]+)')}$`),
}));

/** The operation of a request by method, path, project and query; null for what is none. */
export function findRoute({ method, query }: RestRequest, { path, project }: Place): Route | null {
  for (const { operation, pattern } of routes) {
    // What needs no project in the host may have one all the same: Python's client makes a project so.
    if (operation.method !== method || (operation.inProject && project === '')) continue;
    const found = pattern.exec(path);
    if (found === null || operation.query?.every((item) => query.has(item)) === false) continue;
    return { operation, logstore: found[1] ?? '' };
  }
  return null;
}

const VERSION = '2020-12-30';

/** What a request for no operation of ours asks for. At the root the project tells one from the other. */
export function askedOf({ method }: RestRequest, { path, project }: Place): Asked {
  const all = vendorNamesAt('sls', VERSION, method, path);
  const names =
    path === '/' ? all.filter((name) => /^(List|Create)Project$/.test(name) === (project === '')) : all;
  return { method, path, names, product: `sls of version "${VERSION}"` };
}

export const notHere = (asked: Asked): string => notCoveredAt(asked, slsOperations);
