import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { headerLines, plainAuthorization } from './authorization.ts';
import { contentMd5Holds } from './content-md5.ts';
import { httpTime } from './date.ts';
import { ossDialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { verifyClaim } from './verify.ts';

/**
 * Checks a request to Object Storage Service, signature version 1 (page "Include signatures in the Authorization header"),
 * `Authorization: OSS <key>:<signature>`. The token of a session travels in `x-oss-security-token` and is signed like
 * every `x-oss-*` header; `x-oss-date` stands for `date`. There is no nonce. Throws `ApiError` with the service's codes.
 */
export function authenticateOss(world: World, request: RestRequest, bucket: string): Caller {
  const signed = plainAuthorization('OSS', request.headers['authorization']);
  if (signed === null)
    throw new ApiError(
      403,
      'AccessDenied',
      'The local cloud takes signature version 1: "OSS key:signature".',
    );
  const caller = verifyClaim(
    world,
    {
      ...signed,
      securityToken: request.headers['x-oss-security-token'],
      signedAt: httpTime(dateOf(request)),
      expected: (secret) => hmac('sha1', secret, ossStringToSign(request, bucket)),
    },
    ossDialect,
  );
  if (!contentMd5Holds(request))
    throw new ApiError(400, 'InvalidDigest', 'The Content-MD5 you specified is not that of the body.');
  return caller;
}

/** The text that a signature covers: the bucket stands in it even where it is not in the address. */
export function ossStringToSign(request: RestRequest, bucket: string): string {
  const own = headerLines(request.headers, (name) => name.startsWith('x-oss-'));
  const lines = [
    request.method,
    request.headers['content-md5'] ?? '',
    request.headers['content-type'] ?? '',
    dateOf(request),
  ];
  return `${lines.join('\n')}\n${own}/${bucket}${request.path}`;
}

const dateOf = ({ headers }: RestRequest): string => headers['x-oss-date'] ?? headers['date'] ?? '';
