import { randomUUID } from 'node:crypto';
import { ApiError } from '../error.ts';
import { isAllowed } from '../evaluate/index.ts';
import { recorded } from '../http/recorded.ts';
import { type Asked, notCoveredAt } from '../not-covered.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { authenticateSls } from '../signature/sls.ts';
import { vendorNamesAt } from '../vendor-operations.ts';
import type { Account, World } from '../world.ts';
import { readLogs } from './read-logs.ts';

/** Where a request goes: the project stands in the host, or on the loopback interface before the path. */
interface Place {
  readonly project: string;
  /** The path as the client signs it. */
  readonly path: string;
}

const HOST = /^([a-z0-9-]+)\.[a-z0-9-]+\.log\.aliyuncs\.com(:\d+)?$/;

function placeOf({ path, headers }: RestRequest): Place | null {
  const project = HOST.exec(headers['host'] ?? '')?.[1];
  if (project !== undefined) return { project, path };
  const [, inPath, rest] = /^\/sls\/([a-z0-9-]+)(\/.*)$/.exec(path) ?? [];
  return inPath === undefined || rest === undefined ? null : { project: inPath, path: rest };
}

/** A project, or the headers of a client of this service, which asks some operations without a project. */
export const isSls = (request: RestRequest): boolean =>
  placeOf(request) !== null || request.headers['x-log-apiversion'] !== undefined;

/** The operations of API 2020-12-30 that are here. */
export const SLS_OPERATIONS = [
  { name: 'GetLogsV2', method: 'POST', path: '/logstores/:logstore/logs', headers: ['accept-encoding'] },
  { name: 'GetLogs', method: 'GET', path: '/logstores/:logstore', headers: [] },
] as const;

function operationOf(method: string, path: string) {
  for (const operation of SLS_OPERATIONS) {
    const pattern = new RegExp(`^${operation.path.replace(':logstore', '([\\w-]+)')}$`);
    const logstore = operation.method === method ? pattern.exec(path)?.[1] : undefined;
    if (logstore !== undefined) return { ...operation, logstore };
  }
  return null;
}

const VERSION = '2020-12-30';

/** What a request for no operation of ours asks for. At the root the project tells one from the other. */
function askedOf({ method }: RestRequest, { path, project }: Place): Asked {
  const all = vendorNamesAt('sls', VERSION, method, path);
  const names =
    path === '/' ? all.filter((name) => /^(List|Create)Project$/.test(name) === (project === '')) : all;
  return { method, path, names, product: `sls of version "${VERSION}"` };
}

/**
 * Simple Log Service, as far as reading what functions wrote goes: GetLogsV2, and GetLogs, which older clients call. An
 * answer is always complete. Errors are `{errorCode, errorMessage}`. Rejects only with `ConnectionLost` and a crash.
 */
export async function handleSls(world: World, account: Account, request: RestRequest): Promise<RestResponse> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase();
  const place = placeOf(request) ?? { project: '', path: request.path };
  const found = operationOf(request.method, place.path);
  const operation = found?.name ?? askedOf(request, place).names[0] ?? 'Unknown';
  try {
    return await recorded(
      world,
      { service: 'sls', operation, kind: 'read', account, caller: null },
      async (identify) => {
        const caller = authenticateSls(world, request, place.path);
        identify(caller);
        if (found === null)
          throw new ApiError(404, 'InvalidAPIVersion', notCoveredAt(askedOf(request, place), SLS_OPERATIONS));
        const missing = found.headers.find((name) => request.headers[name] === undefined);
        if (missing !== undefined)
          throw new ApiError(400, 'ParameterInvalid', `The header ${missing} is missing.`);
        const { project } = place;
        const { logstore } = found;
        const resource = `acs:log:${world.region}:${account.uid}:project/${project}/logstore/${logstore}`;
        const action = 'log:GetLogStoreLogs';
        if (caller.accountId !== account.uid || !isAllowed(world, caller, { action, resource }).allowed)
          throw new ApiError(
            401,
            'Unauthorized',
            `denied by sts or ram, action: ${action}, resource: ${resource}`,
          );
        const weatherCall = {
          service: 'sls',
          operation,
          accessKeyId: caller.accessKeyId,
          input: { project, logstore },
        };
        return world.weather.pass(weatherCall, () => {
          const lines = account.sls.lines(project, logstore);
          if (lines === null) throw notThere(account, project, logstore);
          const data = readLogs(lines, parametersOf(request));
          return operation === 'GetLogs'
            ? answer(data, requestId, { 'x-log-progress': 'Complete', 'x-log-count': String(data.length) })
            : answer({ meta: { progress: 'Complete', count: data.length }, data }, requestId);
        });
      },
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, message } = error;
    return { ...answer({ errorCode: code, errorMessage: message }, requestId), status };
  }
}

const notThere = (account: Account, project: string, logstore: string): ApiError =>
  account.sls.has(project)
    ? new ApiError(404, 'LogStoreNotExist', `logstore ${logstore} does not exist`)
    : new ApiError(404, 'ProjectNotExist', `The Project does not exist : ${project}`);

function parametersOf({ method, query, body }: RestRequest): unknown {
  if (method === 'GET') return Object.fromEntries(query);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ApiError(400, 'PostBodyInvalid', 'The body of the request is no JSON.');
  }
}

const answer = (
  body: object,
  requestId: string,
  more: Readonly<Record<string, string>> = {},
): RestResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'x-log-requestid': requestId, ...more },
  body: JSON.stringify(body),
});
