import { ApiError } from '../error.ts';
import { authorize } from '../evaluate/index.ts';
import type { FunctionPort } from '../function-port.ts';
import { recorded } from '../http/recorded.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { authenticate } from '../signature/index.ts';
import type { Account, World } from '../world.ts';
import { getFunction } from './get-function.ts';
import { invokeFunction } from './invoke-function.ts';
import { listFunctions } from './list-functions.ts';
import { listTriggers } from './list-triggers.ts';
import { type FcOperation, functionNotFound } from './request.ts';

/** The one version of the API: Function Compute 3.0. */
const VERSION = '/2023-03-30';

export const fcOperations: readonly FcOperation[] = [
  invokeFunction,
  getFunction,
  listFunctions,
  listTriggers,
];

/**
 * Serves the Function Compute endpoint of an account (`<uid>.<region>.fc.aliyuncs.com`), API 2023-03-30.
 * Errors are JSON `{RequestId, Code, Message}`, as 3.0 words them (2016-08-15 said `{ErrorCode, ErrorMessage}`, which
 * `@alicloud/fc2` still looks for: it reports 3.0's errors by their status only). Rejects only with
 * `ConnectionLost` (the weather) and a crash of the stand-in itself.
 */
export async function handleFc(world: World, account: Account, request: RestRequest): Promise<RestResponse> {
  const requestId = `1-${Math.floor(world.clock.now() / 1000).toString(16)}-fc-${world.journal.tick().toString(16)}`;
  const found = match(request);
  const subject = {
    service: 'fc',
    operation: found?.operation.name ?? 'Unknown',
    kind: found?.operation.kind ?? 'read',
    account,
    caller: null,
  };
  try {
    return await recorded(world, subject, async (identify) => {
      const caller = authenticate(world, request);
      identify(caller);
      if (found === null) {
        throw new ApiError(
          400,
          'PathNotSupported',
          `'${request.method}' against '${request.path}' is not supported`,
        );
      }
      const { operation, functionName } = found;
      requireOwnAccount(caller.accountId, account, request);
      authorize(
        world,
        caller,
        operation.permission(`acs:fc:${world.region}:${account.uid}:functions`, functionName),
      );
      const functions = world.functions ?? nothingDeployed;
      const { accessKeyId } = caller;
      const weather = { service: 'fc', operation: operation.name, accessKeyId, input: { functionName } };
      const call = { world, account, caller, request, requestId, functionName, functions };
      return world.weather.pass(weather, () => operation.run(call));
    });
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error, requestId);
    throw error;
  }
}

function match(request: RestRequest): { operation: FcOperation; functionName: string } | null {
  if (!request.path.startsWith(`${VERSION}/`)) return null;
  const path = request.path.slice(VERSION.length);
  for (const operation of fcOperations) {
    const groups = operation.method === request.method ? operation.path.exec(path) : null;
    if (groups !== null) return { operation, functionName: groups[1] ?? '' };
  }
  return null;
}

/** A RAM policy can allow any resource, but an endpoint serves the principals of its own account only. */
function requireOwnAccount(callerAccount: string, account: Account, request: RestRequest): void {
  const named = request.headers['x-fc-account-id'] ?? account.uid;
  if (callerAccount === account.uid && named === account.uid) return;
  throw new ApiError(403, 'AccessDenied', `the endpoint belongs to account ${account.uid}`);
}

function errorAnswer(error: ApiError, requestId: string): RestResponse {
  // RAM's refusal has a name of its own in Function Compute (vendor page "Error codes").
  const code = error.code === 'NoPermission' ? 'AccessDenied' : error.code;
  const detail = error.detail === undefined ? {} : { AccessDeniedDetail: error.detail };
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-fc-request-id': requestId },
    body: JSON.stringify({ RequestId: requestId, Code: code, Message: error.message, ...detail }),
  };
}

const nothingDeployed: FunctionPort = {
  enqueue: async ({ functionName }) => {
    throw functionNotFound(functionName);
  },
  invoke: async ({ functionName }) => {
    throw functionNotFound(functionName);
  },
  idle: async () => {},
};
