import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { contentMd5Holds } from './content-md5.ts';
import { httpTime } from './date.ts';
import type { Dialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { verifyClaim } from './verify.ts';

const refused = (code: string, message: string): ApiError => new ApiError(401, code, message);

/** Simple Log Service (page "Error codes"). */
const slsDialect: Dialect = {
  unknownKey: () => refused('Unauthorized', 'AccessKeyId not found.'),
  inactiveKey: () => refused('Unauthorized', 'AccessKeyId is inactive.'),
  wrongSignature: () => refused('SignatureNotMatch', 'Signature does not match.'),
  wrongTime: () => new ApiError(400, 'RequestTimeExpired', 'Request time has expired or is too far ahead.'),
  token: () =>
    refused('SecurityTokenInvalid', 'The token of the session is missing, expired or of another key.'),
};

/**
 * Checks a request to Simple Log Service, version 1 (page "Request signature"): `Authorization: LOG <key>:<signature>`.
 * `path`: the one that was signed, which has no project in it. Throws `ApiError`.
 */
export function authenticateSls(world: World, request: RestRequest, path: string): Caller {
  const { headers } = request;
  const [, accessKeyId = '', signature = ''] =
    /^LOG ([^:\s]+):(\S+)$/.exec(headers['authorization'] ?? '') ?? [];
  if (signature === '') throw refused('Unauthorized', 'The Authorization header is not "LOG key:signature".');
  const caller = verifyClaim(
    world,
    {
      accessKeyId,
      signature,
      securityToken: headers['x-acs-security-token'],
      signedAt: httpTime(dateOf(request)),
      expected: (secret) => hmac('sha1', secret, slsStringToSign(request, path)),
    },
    slsDialect,
  );
  const md5 = headers['content-md5'];
  const lower = {
    ...request,
    headers: { ...headers, ...(md5 === undefined ? {} : { 'content-md5': md5.toLowerCase() }) },
  };
  if (!contentMd5Holds(lower))
    throw new ApiError(400, 'InvalidContentMD5', 'Content-MD5 is not that of the body.');
  return caller;
}

/** Python's client adds a copy of the date after it has signed, for proxies that take the date away. */
const UNSIGNED = /^x-log-(date$|meta-)/;

const dateOf = ({ headers }: Pick<RestRequest, 'headers'>): string =>
  headers['date'] ?? headers['x-log-date'] ?? '';

function slsStringToSign(request: RestRequest, path: string): string {
  const { method, headers, query } = request;
  const own = Object.entries(headers)
    .filter(([name]) => /^x-(log|acs)-/.test(name) && !UNSIGNED.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`);
  const parameters = [...query].map(([name, value]) => `${name}=${value}`).sort();
  const resource = parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
  const lines = [method, headers['content-md5'] ?? '', headers['content-type'] ?? '', dateOf(request)];
  return `${lines.join('\n')}\n${own.join('')}${resource}`;
}
