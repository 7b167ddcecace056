import { randomUUID } from 'node:crypto';
import { ApiError } from '../error.ts';
import { CERTIFICATE_PATH, certificateAnswer } from '../mns/delivery/push-signature.ts';
import type { RpcOperation } from '../operation.ts';
import { isOss } from '../oss/handle.ts';
import { PAGE_PATH, statePage } from '../page/state-page.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { isSls } from '../sls/place.ts';
import { ConnectionLost } from '../weather.ts';
import type { Account, World } from '../world.ts';
import { accountAt } from './account-at.ts';
import { formatOf, formatted } from './format.ts';
import { errorResponse, internalError } from './response.ts';
import { callRpc } from './rpc.ts';

export type RestHandler = (world: World, account: Account, request: RestRequest) => Promise<RestResponse>;

export interface Services {
  readonly rpc: readonly RpcOperation[];
  readonly mns: RestHandler;
  /** Null: this world has no Function Compute, and its paths are refused. */
  readonly fc: RestHandler | null;
  /** Left out: code cannot be uploaded to this world. */
  readonly oss?: RestHandler;
  /** Left out: this world has no logs to read. */
  readonly sls?: RestHandler;
}

export type CrashReporter = (error: unknown) => void;

/**
 * Answers a request to any service of the cloud, as the endpoint of the account would that the host names; a host that
 * names none is the door's account. Errors are answers; only `ConnectionLost` is thrown, and the caller then closes the
 * connection without one.
 */
export async function answer(
  world: World,
  door: Account,
  services: Services,
  request: RestRequest,
  onCrash: CrashReporter = () => undefined,
): Promise<RestResponse> {
  const requestId = randomUUID().toUpperCase();
  const mns = isMns(request);
  const host = request.headers['host'] ?? '';
  try {
    if (request.path === CERTIFICATE_PATH && request.method === 'GET') return await certificateAnswer(world);
    if (request.path === PAGE_PATH) return statePage(world, door, request);
    const account = accountAt(world, host) ?? door;
    if (isOss(request) && services.oss !== undefined) return await services.oss(world, account, request);
    if (services.sls !== undefined && isSls(request)) return await services.sls(world, account, request);
    if (mns) return await services.mns(world, account, request);
    if (isFc(request.path) && services.fc !== null) return await services.fc(world, account, request);
    const body = await callRpc(world, account, services.rpc, request, requestId);
    return formatted(formatOf(request), 200, body, { requestId });
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    if (!(error instanceof ApiError)) onCrash(error);
    const known = error instanceof ApiError ? error : internalError();
    // Clients of Message Service take an answer that is not XML for a success.
    const format = mns ? ({ type: 'xml', root: '' } as const) : formatOf(request);
    return errorResponse(requestId, host, known, format);
  }
}

const isMns = ({ path, query }: RestRequest): boolean =>
  /^\/(queues|topics)(\/|$)/.test(path) || (path === '/' && query.has('accountmeta'));

/** Function Compute has its version in the path. */
const isFc = (path: string): boolean => /^\/(2016-08-15|2023-03-30)\//.test(path);
