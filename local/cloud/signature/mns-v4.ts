import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import { httpTime } from './date.ts';
import { percentEncode } from './percent.ts';
import { scopedSignature } from './scoped-key.ts';

/** What an `Authorization` of version 4 says of itself. */
export interface MnsV4 {
  readonly accessKeyId: string;
  /** `<yyyymmdd>/<region>/mns/aliyun_v4_request` */
  readonly scope: string;
  readonly signature: string;
}

const ALGORITHM = 'MNS4-HMAC-SHA256';
const AUTHORIZATION =
  /^MNS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8}\/[a-z0-9-]+\/mns\/aliyun_v4_request),\s*Signature=([0-9a-f]{64})$/;

/**
 * Reads a signature of version 4, which the vendor's Java client has as `SignVersion.V4`; null for another version.
 * Throws `InvalidAuthorizationHeader` and, for a signature of another region, `SignatureDoesNotMatch`.
 */
export function readMnsV4(authorization: string, region: string): MnsV4 | null {
  if (!authorization.startsWith(`${ALGORITHM} `)) return null;
  const [, accessKeyId = '', scope = '', signature = ''] = AUTHORIZATION.exec(authorization) ?? [];
  if (signature === '') {
    throw new ApiError(
      400,
      'InvalidAuthorizationHeader',
      `The Authorization header is not "${ALGORITHM} Credential=key/date/region/mns/aliyun_v4_request,Signature=hex".`,
    );
  }
  const [, signedFor = ''] = scope.split('/');
  if (signedFor !== region) {
    const message = `The request is signed for the region ${signedFor}; this is ${region}.`;
    throw new ApiError(403, 'SignatureDoesNotMatch', message);
  }
  return { accessKeyId, scope, signature };
}

/** The signature that a secret gives. */
export function mnsV4Signature(secret: string, { scope }: MnsV4, request: RestRequest, date: string): string {
  const text = `${ALGORITHM}\n${compact(date)}\n${scope}\n${canonicalRequest(request)}`;
  return scopedSignature(secret, scope, text);
}

/** Method, path, query and headers as version 4 signs them: names in lower case, values as they are. No body. */
function canonicalRequest({ method, path, query, headers }: RestRequest): string {
  const items = [...query].map(([name, value]) => {
    const encoded = percentEncode(name.trim().toLowerCase());
    return value === '' ? encoded : `${encoded}=${percentEncode(value.trim())}`;
  });
  const signed = Object.keys(headers)
    .filter((name) => name.startsWith('x-mns-') || name === 'content-type' || name === 'content-md5')
    .sort()
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  const encodedPath = path.split('/').map(percentEncode).join('/');
  return `${method}\n${encodedPath}\n${items.sort().join('&')}\n${signed.join('')}\n`;
}

/** `20261123T100000Z` of an HTTP date. */
const compact = (date: string): string => new Date(httpTime(date)).toISOString().replace(/[-:]|\.\d+/g, '');
