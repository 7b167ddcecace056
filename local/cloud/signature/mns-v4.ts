import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import { headerLines, type Scoped, scopedAuthorization } from './authorization.ts';
import { httpTime } from './date.ts';
import { percentEncode } from './percent.ts';
import { scopedSignature } from './scoped-key.ts';

const ALGORITHM = 'MNS4-HMAC-SHA256';

/**
 * Reads a signature of version 4, which the vendor's Java client has as `SignVersion.V4`; null for another version.
 * Throws `InvalidAuthorizationHeader` and, for a signature of another region, `SignatureDoesNotMatch`.
 */
export function readMnsV4(authorization: string, region: string): Scoped | null {
  if (!authorization.startsWith(`${ALGORITHM} `)) return null;
  const signed = scopedAuthorization(ALGORITHM, 'mns', authorization);
  if (signed === null) {
    throw new ApiError(
      400,
      'InvalidAuthorizationHeader',
      `The Authorization header is not "${ALGORITHM} Credential=key/date/region/mns/aliyun_v4_request,Signature=hex".`,
    );
  }
  if (signed.region !== region) {
    const message = `The request is signed for the region ${signed.region}; this is ${region}.`;
    throw new ApiError(403, 'SignatureDoesNotMatch', message);
  }
  return signed;
}

/** The signature that a secret gives. */
export function mnsV4Signature(
  secret: string,
  { scope }: Pick<Scoped, 'scope'>,
  request: RestRequest,
  date: string,
): string {
  const text = `${ALGORITHM}\n${compact(date)}\n${scope}\n${canonicalRequest(request)}`;
  return scopedSignature(secret, scope, text);
}

/** Method, path, query and headers as version 4 signs them: names in lower case, values as they are. No body. */
function canonicalRequest({ method, path, query, headers }: RestRequest): string {
  const items = [...query].map(([name, value]) => {
    const encoded = percentEncode(name.trim().toLowerCase());
    return value === '' ? encoded : `${encoded}=${percentEncode(value.trim())}`;
  });
  const signed = headerLines(
    headers,
    (name) => name.startsWith('x-mns-') || name === 'content-type' || name === 'content-md5',
  );
  const encodedPath = path.split('/').map(percentEncode).join('/');
  return `${method}\n${encodedPath}\n${items.sort().join('&')}\n${signed}\n`;
}

/** `20261123T100000Z` of an HTTP date. */
const compact = (date: string): string => new Date(httpTime(date)).toISOString().replace(/[-:]|\.\d+/g, '');
