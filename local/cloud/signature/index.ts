import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { authenticateAcs3 } from './acs3.ts';
import { authenticateFc } from './fc.ts';
import { authenticateRoaV1, isRoaV1 } from './roa-v1.ts';
import { authenticateRpcV1 } from './rpc-v1.ts';

export { authenticateMns } from './mns.ts';

/**
 * Establishes who made an RPC or ROA request, by the form of its signature: `ACS3-HMAC-SHA256`, version 1 of ROA in the
 * Authorization header, or, without such a header, version 1 of RPC among the parameters. That covers no path, so it
 * counts at `/` only, and version 1 of ROA no body, so it counts at paths only, where no parameters come in a form.
 * Throws `ApiError`: `InvalidAccessKeyId.NotFound`, `SignatureDoesNotMatch`, `InvalidTimeStamp.Expired`,
 * `SignatureNonceUsed`, `InvalidSecurityToken.*`, `MissingSecurityToken`, `IncompleteSignature`.
 */
export function authenticateGateway(world: World, request: RestRequest): Caller {
  const { authorization } = request.headers;
  if (authorization === undefined && request.path === '/') return authenticateRpcV1(world, request);
  if (authorization?.startsWith('ACS3-HMAC-SHA256 ') === true) return authenticateAcs3(world, request);
  if (isRoaV1(authorization) && request.path !== '/') return authenticateRoaV1(world, request);
  throw new ApiError(
    400,
    'IncompleteSignature',
    'The request must be signed with ACS3-HMAC-SHA256, or with HMAC-SHA1 version 1.0: at the path / by parameters, at others by "acs key:signature".',
  );
}

/**
 * The same for a service that also takes Function Compute's own signature, which covers no `x-acs-*` header and no query
 * and is therefore refused everywhere else. Its refusals come in Function Compute's words.
 */
export function authenticate(world: World, request: RestRequest): Caller {
  const own = request.headers['authorization']?.startsWith('FC ') === true;
  return own ? authenticateFc(world, request) : authenticateGateway(world, request);
}
