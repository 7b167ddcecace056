import { hash } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';
import type { World } from '../world.ts';
import { acs3Authorization, pathOf } from './authorization.ts';
import { isoTime } from './date.ts';
import { gatewayDialect } from './dialect.ts';
import { hmac } from './hmac.ts';
import { canonicalPairs } from './percent.ts';
import { timingSafeEqual, verifyClaim } from './verify.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

/**
 * Checks an `ACS3-HMAC-SHA256` request (page "Request syntax and signature method V3"): the signature over the request
 * as it was received, the hash of the body, the time, the token and the nonce. Every `x-acs-*` header and `host` must
 * be signed. Throws `ApiError` with the gateway's codes.
 */
export function authenticateAcs3(world: World, request: RestRequest): Caller {
  const signed = acs3Authorization(request.headers['authorization']);
  if (signed === null) {
    throw new ApiError(
      400,
      'IncompleteSignature',
      `The Authorization header is not a ${ALGORITHM} signature.`,
    );
  }
  const { accessKeyId, names, signature } = signed;
  requireSigned(request, names);
  const bodyHash = header(request, 'x-acs-content-sha256');
  const nonce = header(request, 'x-acs-signature-nonce');
  const claimedId = request.headers['x-acs-accesskey-id'];
  if (claimedId !== undefined && claimedId !== accessKeyId) throw gatewayDialect.wrongSignature();
  const caller = verifyClaim(
    world,
    {
      accessKeyId,
      signature,
      securityToken: request.headers['x-acs-security-token'],
      signedAt: isoTime(header(request, 'x-acs-date')),
      expected: (secret) => hmac('sha256', secret, stringToSign(request, names, bodyHash), 'hex'),
    },
    gatewayDialect,
  );
  if (!timingSafeEqual(sha256(request.body), bodyHash)) {
    throw new ApiError(
      400,
      'SignatureDoesNotMatch',
      'The header x-acs-content-sha256 is not the hash of the body.',
    );
  }
  world.nonces.use(caller, nonce);
  return caller;
}

function requireSigned(request: RestRequest, names: readonly string[]): void {
  const mandatory = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-acs-') || name === 'host',
  );
  const unsigned = mandatory.find((name) => !names.includes(name));
  if (unsigned === undefined) return;
  throw new ApiError(400, 'IncompleteSignature', `The header ${unsigned} is not among the signed headers.`);
}

function header(request: RestRequest, name: string): string {
  const value = request.headers[name];
  if (value === undefined || value === '') {
    throw new ApiError(400, `Missing${parameterOf[name] ?? name}`, `The header ${name} is mandatory.`);
  }
  return value;
}

/** The vendor's names of mandatory parameters, which its codes carry whether they travel as a header or not. */
const parameterOf: Readonly<Record<string, string>> = {
  'x-acs-date': 'Timestamp',
  'x-acs-signature-nonce': 'SignatureNonce',
  'x-acs-content-sha256': 'ContentSha256',
};

function stringToSign(request: RestRequest, names: readonly string[], bodyHash: string): string {
  const headers = names.toSorted();
  const canonical = [
    request.method,
    pathOf(request.target).replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~'),
    canonicalPairs(request.query),
    headers.map((name) => `${name}:${request.headers[name] ?? ''}\n`).join(''),
    headers.join(';'),
    bodyHash,
  ];
  return `${ALGORITHM}\n${sha256(canonical.join('\n'))}`;
}

const sha256 = (data: string | Buffer): string => hash('sha256', data, 'hex');
