import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { isoTime } from './date.ts';
import { gatewayDialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { rpcParameters } from './parameters.ts';
import { canonicalParameters, percentEncode } from './percent.ts';
import { verifyClaim } from './verify.ts';

/**
 * Checks a request signed the older way, `SignatureMethod=HMAC-SHA1` and `SignatureVersion=1.0` among the parameters of
 * query and form (page "RPC: signature method"). The path and the headers are not covered.
 * Throws `ApiError` with the gateway's codes.
 */
export function authenticateRpcV1(world: World, request: RestRequest): Caller {
  const parameters = rpcParameters(request);
  const parameter = (name: string): string => {
    const value = parameters[name];
    if (value === undefined || value === '') {
      throw new ApiError(400, `Missing${name}`, `${name} is mandatory for this action.`);
    }
    return value;
  };
  const accessKeyId = parameter('AccessKeyId');
  const signature = parameter('Signature');
  const nonce = parameter('SignatureNonce');
  if (parameter('SignatureMethod') !== 'HMAC-SHA1' || parameter('SignatureVersion') !== '1.0') {
    throw new ApiError(400, 'InvalidParameter.SignatureMethod', 'Only HMAC-SHA1, version 1.0, is supported.');
  }
  const source = `${request.method}&%2F&${percentEncode(canonicalParameters(parameters))}`;
  const caller = verifyClaim(
    world,
    {
      accessKeyId,
      signature,
      securityToken: parameters['SecurityToken'],
      signedAt: isoTime(parameter('Timestamp')),
      expected: (secret) => hmac('sha1', `${secret}&`, source),
    },
    gatewayDialect,
  );
  world.nonces.use(caller, nonce);
  return caller;
}
