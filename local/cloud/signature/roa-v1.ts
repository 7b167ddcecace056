import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { headerLines, pathOf, plainAuthorization } from './authorization.ts';
import { contentMd5Holds } from './content-md5.ts';
import { httpTime } from './date.ts';
import { gatewayDialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { verifyClaim } from './verify.ts';

export const isRoaV1 = (authorization: string | undefined): boolean =>
  authorization?.startsWith('acs ') === true;

/**
 * Checks a request signed the older way of ROA, `Authorization: acs <key>:<signature>` with HMAC-SHA1 (page "ROA:
 * signature method"): Terraform's provider, older SDKs and the vendor's command line send it to paths. It covers the body
 * by `Content-MD5` only, where that is sent. `alibaba-cloud-sdk-go`, and with it the command line, sends no nonce: such a
 * request can be repeated while its date is accepted. Throws `ApiError` with the gateway's codes.
 */
export function authenticateRoaV1(world: World, request: RestRequest): Caller {
  const { headers } = request;
  const signed = plainAuthorization('acs', headers['authorization']);
  if (signed === null)
    throw new ApiError(400, 'IncompleteSignature', 'The Authorization header is not "acs key:signature".');
  const method = headers['x-acs-signature-method'] ?? 'HMAC-SHA1';
  if (method !== 'HMAC-SHA1' || (headers['x-acs-signature-version'] ?? '1.0') !== '1.0')
    throw new ApiError(400, 'InvalidParameter.SignatureMethod', 'Only HMAC-SHA1, version 1.0, is supported.');
  const date = headers['date'] ?? '';
  if (date === '') throw new ApiError(400, 'MissingDate', 'The header date is mandatory.');
  const caller = verifyClaim(
    world,
    {
      ...signed,
      securityToken: headers['x-acs-security-token'],
      signedAt: httpTime(date),
      expected: (secret) => hmac('sha1', secret, stringToSign(request)),
    },
    gatewayDialect,
  );
  if (!contentMd5Holds(request))
    throw new ApiError(400, 'InvalidContentMD5', 'The Content-MD5 is not that of the body.');
  const nonce = headers['x-acs-signature-nonce'] ?? '';
  if (nonce !== '') world.nonces.use(caller, nonce);
  return caller;
}

function stringToSign({ method, target, query, headers }: RestRequest): string {
  const own = headerLines(headers, (name) => name.startsWith('x-acs-'));
  const fixed = ['accept', 'content-md5', 'content-type', 'date'].map((name) => headers[name] ?? '');
  // The values of the query stand here decoded, and an empty one without its sign.
  const sorted = new URLSearchParams(query);
  sorted.sort();
  const items = [...sorted].map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const path = pathOf(target);
  const resource = items.length === 0 ? path : `${path}?${items.join('&')}`;
  return `${[method, ...fixed].join('\n')}\n${own}${resource}`;
}
