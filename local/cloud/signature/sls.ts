import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { headerLines, plainAuthorization, type Scoped } from './authorization.ts';
import { contentMd5Holds } from './content-md5.ts';
import { httpTime } from './date.ts';
import type { Dialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { readSlsV4, slsV4BodyHolds, slsV4Signature, slsV4Time } from './sls-v4.ts';
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
 * Checks a request to Simple Log Service, version 1 (page "Request signature"), `Authorization: LOG <key>:<signature>`
 * by either hash, or version 4 (`sls-v4.ts`). `path`: the one that was signed, which has no project in it. Throws `ApiError`.
 */
export function authenticateSls(world: World, request: RestRequest, path: string): Caller {
  const { headers } = request;
  const { authorization } = headers;
  const v4 = readSlsV4(authorization, world.region);
  if (v4 !== null) return authenticateV4(world, request, path, v4);
  const signed = plainAuthorization('LOG', authorization);
  if (signed === null) throw refused('Unauthorized', 'The Authorization header is not "LOG key:signature".');
  const caller = verifyClaim(
    world,
    {
      ...signed,
      securityToken: headers['x-acs-security-token'],
      signedAt: httpTime(dateOf(request)),
      expected: (secret) => hmac(hashOf(request), secret, slsStringToSign(request, path)),
    },
    slsDialect,
  );
  if (!contentMd5Holds(request, headers['content-md5']?.toLowerCase()))
    throw new ApiError(400, 'InvalidContentMD5', 'Content-MD5 is not that of the body.');
  return caller;
}

function authenticateV4(world: World, request: RestRequest, path: string, v4: Scoped): Caller {
  const claim = {
    accessKeyId: v4.accessKeyId,
    signature: v4.signature,
    securityToken: request.headers['x-acs-security-token'],
    signedAt: slsV4Time(request),
    expected: (secret: string) => slsV4Signature(secret, v4, request, path),
  };
  const caller = verifyClaim(world, claim, slsDialect);
  if (!slsV4BodyHolds(request))
    throw refused('SignatureNotMatch', 'x-log-content-sha256 is not the hash of the body.');
  return caller;
}

/** Older clients sign by SHA-1, those that are made from the metadata by SHA-256. */
const hashOf = ({ headers }: RestRequest): 'sha1' | 'sha256' =>
  headers['x-log-signaturemethod'] === 'hmac-sha256' ? 'sha256' : 'sha1';

/** Python's client adds a copy of the date after it has signed, for proxies that take the date away. */
const UNSIGNED = /^x-log-(date$|meta-)/;

const dateOf = ({ headers }: Pick<RestRequest, 'headers'>): string =>
  headers['date'] ?? headers['x-log-date'] ?? '';

function slsStringToSign(request: RestRequest, path: string): string {
  const { method, headers, query } = request;
  const own = headerLines(headers, (name) => /^x-(log|acs)-/.test(name) && !UNSIGNED.test(name));
  const parameters = [...query].map(([name, value]) => `${name}=${value}`).sort();
  const resource = parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
  const lines = [method, headers['content-md5'] ?? '', headers['content-type'] ?? '', dateOf(request)];
  return `${lines.join('\n')}\n${own}${resource}`;
}
