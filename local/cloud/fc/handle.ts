import { ApiError } from '../error.ts';
import { authorize } from '../evaluate/index.ts';
import type { FunctionPort } from '../function-port.ts';
import { recorded } from '../http/recorded.ts';
import { type Asked, notCoveredAt } from '../not-covered.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { authenticate } from '../signature/index.ts';
import { vendorNamesAt } from '../vendor-operations.ts';
import type { Account, World } from '../world.ts';
import { functionNotFound } from './errors.ts';
import type { FcCall } from './operation.ts';
import { fcOperations } from './operations/index.ts';
import { filledIn, findRoute, type Route } from './route.ts';

/**
 * Serves the Function Compute endpoint of an account (`<uid>.<region>.fc.aliyuncs.com`), API 2023-03-30.
 * Errors are JSON `{RequestId, Code, Message}`, as 3.0 words them; 2016-08-15, of which the tool asks one operation, says
 * `{ErrorCode, ErrorMessage}`. Rejects only with `ConnectionLost` (the weather) and a crash of the stand-in itself.
 */
export async function handleFc(world: World, account: Account, request: RestRequest): Promise<RestResponse> {
  const requestId = `1-${Math.floor(world.clock.now() / 1000).toString(16)}-fc-${world.journal.tick().toString(16)}`;
  const found = findRoute(request) ?? askedOf(request);
  const subject = { service: 'fc', ...shown(found), account, caller: null };
  try {
    return await recorded(world, subject, async (identify) => {
      const caller = authenticate(world, request);
      identify(caller);
      if (!('operation' in found))
        throw new ApiError(400, 'PathNotSupported', notCoveredAt(found, fcOperations));
      requireOwnAccount(caller.accountId, account, request);
      const functions = world.functions ?? nothingRuns;
      const { names, operation } = found;
      const call = { world, account, caller, request, requestId, names, functions };
      authorizeCall(call, found);
      const { accessKeyId } = caller;
      const input = { functionName: names.function, triggerName: names.trigger };
      const weatherCall = { service: 'fc', operation: operation.name, accessKeyId, input };
      return world.weather.pass(weatherCall, () => operation.run(call));
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return errorAnswer(error, requestId, request);
  }
}

/** How the journal calls what was asked. */
const shown = (found: Route | Asked): { readonly operation: string; readonly kind: 'read' | 'write' } =>
  'operation' in found
    ? { operation: found.operation.name, kind: found.operation.kind }
    : { operation: found.names[0] ?? 'Unknown', kind: 'read' };

const VERSION = '2023-03-30';

/** What a request for no operation of ours asks for. */
function askedOf({ method, path }: RestRequest): Asked {
  const names = vendorNamesAt('fc', VERSION, method, path);
  const behind = path.replace(`/${VERSION}`, '');
  return { method, path: names.length === 0 ? behind : path, names, product: `fc of version "${VERSION}"` };
}

function authorizeCall(call: FcCall, { operation, names }: Route): void {
  const { world, account, caller } = call;
  const action = operation.action ?? `fc:${operation.name}`;
  for (const pattern of [operation.resource].flat()) {
    const own = `acs:fc:${world.region}:${account.uid}:${filledIn(pattern, names)}`;
    authorize(world, caller, { action, resource: pattern === '*' ? '*' : own });
  }
  // A policy may let a role be passed to this service alone, as AliyunFCFullAccess does.
  for (const permission of operation.further?.(call) ?? [])
    authorize(world, caller, permission, { 'acs:service': 'fc.aliyuncs.com' });
}

/** A RAM policy can allow any resource, but an endpoint serves the principals of its own account only. */
function requireOwnAccount(callerAccount: string, account: Account, request: RestRequest): void {
  const named = request.headers['x-fc-account-id'] ?? account.uid;
  if (callerAccount === account.uid && named === account.uid) return;
  throw new ApiError(403, 'AccessDenied', `the endpoint belongs to account ${account.uid}`);
}

function errorAnswer(error: ApiError, requestId: string, request: RestRequest): RestResponse {
  // RAM's refusal has a name of its own in Function Compute (vendor page "Error codes").
  const code = error.code === 'NoPermission' ? 'AccessDenied' : error.code;
  const detail = error.detail === undefined ? {} : { AccessDeniedDetail: error.detail };
  const body = request.path.startsWith('/2016-08-15/')
    ? { ErrorCode: code, ErrorMessage: error.message }
    : { RequestId: requestId, Code: code, Message: error.message, ...detail };
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-fc-request-id': requestId },
    body: JSON.stringify(body),
  };
}

/** Functions can be made and looked at in a world without a host, but none runs. */
const nothingRuns: FunctionPort = {
  enqueue: async ({ functionName }) => {
    throw functionNotFound(functionName);
  },
  invoke: async ({ functionName }) => {
    throw functionNotFound(functionName);
  },
  idle: async () => {},
};
