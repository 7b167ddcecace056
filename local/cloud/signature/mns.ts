import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { plainAuthorization } from './authorization.ts';
import { contentMd5Holds } from './content-md5.ts';
import { httpTime } from './date.ts';
import { mnsDialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { mnsV4Signature, readMnsV4 } from './mns-v4.ts';
import { verifyClaim } from './verify.ts';

/**
 * Checks a request to Message Service, signature version 2 (page "Sign requests"), `Authorization: MNS <key>:<signature>`,
 * or version 4 (`mns-v4.ts`).
 * The token of a session travels in `security-token` and is not signed. There is no nonce: a request can be repeated
 * while its date is accepted. Throws `ApiError` with the service's codes.
 */
export function authenticateMns(world: World, request: RestRequest): Caller {
  const authorization = request.headers['authorization'];
  if (authorization === undefined) {
    throw new ApiError(400, 'MissingAuthorizationHeader', 'The Authorization header is mandatory.');
  }
  const v4 = readMnsV4(authorization, world.region);
  const signed = v4 ?? plainAuthorization('MNS', authorization);
  if (signed === null) {
    const message = 'The Authorization header is not "MNS key:signature".';
    throw new ApiError(400, 'InvalidAuthorizationHeader', message);
  }
  const date = dateOf(request);
  if (date === '') throw new ApiError(400, 'MissingDateHeader', 'The Date header is mandatory.');
  const signedAt = httpTime(date);
  if (Number.isNaN(signedAt))
    throw new ApiError(400, 'InvalidDateHeader', 'The Date header is not a GMT date.');
  const caller = verifyClaim(
    world,
    {
      accessKeyId: signed.accessKeyId,
      signature: signed.signature,
      securityToken: request.headers['security-token'],
      signedAt,
      expected: (secret) =>
        v4 === null
          ? hmac('sha1', secret, mnsStringToSign(request))
          : mnsV4Signature(secret, v4, request, date),
    },
    mnsDialect,
  );
  if (!contentMd5Holds(request))
    // The vendor's own spelling.
    throw new ApiError(400, 'InvalidDegist', 'The Content-MD5 is not that of the body.');
  return caller;
}

/** The text that an MNS signature covers: path and query stand in it exactly as they were sent. */
export function mnsStringToSign(request: Pick<RestRequest, 'method' | 'headers' | 'target'>): string {
  const { method, headers, target } = request;
  const own: string[] = [];
  for (const name in headers) if (name.startsWith('x-mns-')) own.push(name);
  own.sort();
  let lines = `${method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${dateOf(request)}\n`;
  for (const name of own) lines += `${name}:${headers[name]}\n`;
  return lines + target;
}

/** For clients that cannot set `Date`, `x-mns-date` stands in its place, in the signed text as well. */
function dateOf(request: Pick<RestRequest, 'headers'>): string {
  return request.headers['x-mns-date'] ?? request.headers['date'] ?? '';
}
