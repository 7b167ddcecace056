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

/** The operation of a request by method, path, project and query; for none of ours, what was asked for. */
export function findRoute({ method, query }: RestRequest, { path, project }: Place): Route | Asked {
  for (const { operation, pattern } of routes) {
    // What needs no project in the host may have one all the same: Python's client makes a project so.
    if (operation.method !== method || (operation.inProject && project === '')) continue;
    const found = pattern.exec(path);
    if (found === null || operation.query?.every((item) => query.has(item)) === false) continue;
    return { operation, logstore: found[1] ?? '' };
  }
  const names = vendorNamesAt('sls', VERSION, method, path);
  return { method, path, names, product: `sls of version "${VERSION}"` };
}

const VERSION = '2020-12-30';

/** One of ours is found everywhere but where it lacks its project. */
export function notHere(asked: Asked): string {
  const ours = asked.names.find((one) => slsOperations.some(({ name }) => name === one));
  return ours === undefined
    ? notCoveredAt(asked, slsOperations)
    : `${ours} needs a project: put it before the host, <project>.<host>, or before the path, /sls/<project>.`;
}
