import { hash } from 'node:crypto';
import type { RestRequest } from '../rest.ts';
import { headerLines, type Scoped, scopedAuthorization } from './authorization.ts';
import { isoTime } from './date.ts';
import { percentEncode } from './percent.ts';
import { scopedSignature } from './scoped-key.ts';

const ALGORITHM = 'SLS4-HMAC-SHA256';

/** Reads a signature of version 4; null for what is none, or for another region. */
export function readSlsV4(authorization: string | undefined, region: string): Scoped | null {
  const signed = scopedAuthorization(ALGORITHM, 'sls', authorization);
  return signed?.region === region ? signed : null;
}

/** The instant of `x-log-date`, `20261123T100000Z`; NaN for anything else. */
export const slsV4Time = ({ headers }: RestRequest): number =>
  isoTime(
    (headers['x-log-date'] ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );

/** Whether `x-log-content-sha256` is the hash of the body. The signature covers it. */
export const slsV4BodyHolds = ({ headers, body }: RestRequest): boolean =>
  headers['x-log-content-sha256'] === hash('sha256', body, 'hex');

/** The signature that a secret gives. `path`: the one that was signed, which has no project in it. */
export function slsV4Signature(
  secret: string,
  { scope }: Scoped,
  request: RestRequest,
  path: string,
): string {
  const date = request.headers['x-log-date'] ?? '';
  const canonical = hash('sha256', canonicalRequest(request, path), 'hex');
  return scopedSignature(secret, scope, `${ALGORITHM}\n${date}\n${scope}\n${canonical}`);
}

function canonicalRequest({ method, query, headers }: RestRequest, path: string): string {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  const items = [...sorted].map(([name, value]) => (value === '' ? name : `${name}=${percentEncode(value)}`));
  const names = Object.keys(headers).filter(isSigned).sort();
  const hashed = headers['x-log-content-sha256'] ?? '';
  return `${method}\n${path}\n${items.join('&')}\n${headerLines(headers, isSigned)}\n${names.join(';')}\n${hashed}`;
}

const isSigned = (name: string): boolean =>
  name === 'host' || name === 'content-type' || /^x-(log|acs)-/.test(name);
