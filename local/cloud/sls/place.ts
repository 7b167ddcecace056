import type { RestRequest } from '../rest.ts';

/** Where a request goes: the project stands in the host, or on the loopback interface before the path. */
export interface Place {
  /** Empty for what is asked without a project. */
  readonly project: string;
  /** The path as the client signs it. */
  readonly path: string;
}

/** Clients that are given an address for the endpoint put the project before it, too. */
const HOST = /^([a-z0-9-]+)\.(?:[a-z0-9-]+\.log\.aliyuncs\.com|localhost|(?:\d{1,3}\.){3}\d{1,3})(?::\d+)?$/;

function projectPlaceOf({ path, headers }: RestRequest): Place | null {
  const project = headers['host']?.match(HOST)?.[1];
  if (project !== undefined) return { project, path };
  const inPath = /^\/sls\/([a-z0-9-]+)\//.exec(path)?.[1];
  return inPath === undefined ? null : { project: inPath, path: path.slice(`/sls/${inPath}`.length) };
}

export const placeOf = (request: RestRequest): Place =>
  projectPlaceOf(request) ?? { project: '', path: request.path };

/** A project, or the headers of a client of this service, which asks some operations without a project. */
export const isSls = (request: RestRequest): boolean =>
  request.headers['x-log-apiversion'] !== undefined || projectPlaceOf(request) !== null;
