import { randomUUID } from 'node:crypto';
import { ApiError } from '../error.ts';
import { isAllowed } from '../evaluate/index.ts';
import { recorded } from '../http/recorded.ts';
import type { Asked } from '../not-covered.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { authenticateSls } from '../signature/sls.ts';
import type { Account, World } from '../world.ts';
import { jsonAnswer, type SlsCall, type SlsOperation } from './operation.ts';
import { placeOf } from './place.ts';
import { findRoute, notHere, type Route } from './route.ts';

/**
 * Simple Log Service: projects, logstores and their indexes, and reading what functions wrote. Errors are
 * `{errorCode, errorMessage}`. Rejects only with `ConnectionLost` and a crash.
 */
export async function handleSls(world: World, account: Account, request: RestRequest): Promise<RestResponse> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase();
  const place = placeOf(request);
  const found = findRoute(request, place);
  const { operation, kind } = shown(found);
  try {
    return await recorded(
      world,
      { service: 'sls', operation, kind, account, caller: null },
      async (identify) => {
        const caller = authenticateSls(world, request, place.path);
        identify(caller);
        if (!('operation' in found)) throw new ApiError(404, 'InvalidAPIVersion', notHere(found));
        const missing = found.operation.headers?.find((name) => request.headers[name] === undefined);
        if (missing !== undefined)
          throw new ApiError(400, 'ParameterInvalid', `The header ${missing} is missing.`);
        const { project } = place;
        const { logstore } = found;
        const call = { world, account, request, requestId, project, logstore };
        for (const { action, resource } of neededFor(found.operation, call))
          if (caller.accountId !== account.uid || !isAllowed(world, caller, { action, resource }).allowed)
            throw new ApiError(
              401,
              'Unauthorized',
              `denied by sts or ram, action: ${action}, resource: ${resource}`,
            );
        const { accessKeyId } = caller;
        const weatherCall = { service: 'sls', operation, accessKeyId, input: { project, logstore } };
        return world.weather.pass(weatherCall, () => found.operation.run(call));
      },
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, message } = error;
    return { ...jsonAnswer({ requestId }, { errorCode: code, errorMessage: message }), status };
  }
}

/** How the journal and the weather call what was asked. */
const shown = (found: Route | Asked): { readonly operation: string; readonly kind: 'read' | 'write' } =>
  'operation' in found
    ? { operation: found.operation.name, kind: found.operation.kind }
    : { operation: found.names[0] ?? 'Unknown', kind: 'read' };

const neededFor = ({ name, action = `log:${name}`, resource }: SlsOperation, call: SlsCall) =>
  [resource(call)]
    .flat()
    .map((one) => ({ action, resource: `acs:log:${call.world.region}:${call.account.uid}:${one}` }));
