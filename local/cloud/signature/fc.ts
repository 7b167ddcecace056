import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { headerLines, plainAuthorization } from './authorization.ts';
import { contentMd5Holds } from './content-md5.ts';
import { httpTime } from './date.ts';
import { fcDialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { verifyClaim } from './verify.ts';

/**
 * Checks Function Compute's own signature, `Authorization: FC <key>:<signature>` (page "Signature authentication" of API
 * 2016-08-15), which `@alicloud/fc2` sends whatever the version in the path. The query is signed under `/proxy/` only.
 * The token travels in `x-fc-security-token` and is signed like every `x-fc-*` header. There is no nonce.
 */
export function authenticateFc(world: World, request: RestRequest): Caller {
  const signed = plainAuthorization('FC', request.headers['authorization']);
  if (signed === null) throw fcDialect.wrongSignature();
  const { date } = request.headers;
  if (date === undefined) {
    throw new ApiError(400, 'MissingRequiredHeader', 'required HTTP header Date was not specified');
  }
  const caller = verifyClaim(
    world,
    {
      ...signed,
      securityToken: request.headers['x-fc-security-token'],
      signedAt: httpTime(date),
      expected: (secret) => hmac('sha256', secret, fcStringToSign(request)),
    },
    fcDialect,
  );
  if (!contentMd5Holds(request)) {
    throw new ApiError(400, 'InvalidArgument', 'The Content-MD5 header is not that of the body.');
  }
  return caller;
}

/** The text that a signature covers. */
export function fcStringToSign(request: RestRequest): string {
  const own = headerLines(request.headers, (name) => name.startsWith('x-fc-'));
  const lines = [
    request.method,
    request.headers['content-md5'] ?? '',
    request.headers['content-type'] ?? '',
    request.headers['date'] ?? '',
  ];
  const text = `${lines.join('\n')}\n${own}${request.path}`;
  if (!/^\/[^/]+\/proxy\//.test(request.path)) return text;
  return [text, ...[...request.query].map(([name, value]) => `${name}=${value}`).sort()].join('\n');
}
