import { timingSafeEqual as sameBytes } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { World } from '../world.ts';
import type { Dialect } from './dialect.ts';
import { type SigningKey, signingKey } from './key.ts';
import { SKEW_MS } from './skew.ts';

/** What a request claims about itself. `expected` computes the signature that the secret would give. */
export interface Claim {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly securityToken: string | undefined;
  /** Milliseconds since the epoch; NaN for a date that cannot be read. */
  readonly signedAt: number;
  readonly expected: (secret: string) => string;
}

/**
 * Establishes who made a request: time, key, signature, then token, in this order, so that nobody without the secret
 * learns anything about a session. Throws the dialect's `ApiError`.
 */
export function verifyClaim(world: World, claim: Claim, dialect: Dialect): Caller {
  // Written so that NaN, a date that cannot be read, fails too.
  if (!(Math.abs(world.signers.now() - claim.signedAt) <= SKEW_MS)) throw dialect.wrongTime();
  const key = signingKey(world, claim.accessKeyId);
  if (key === null) throw dialect.unknownKey();
  if (!timingSafeEqual(claim.expected(key.secret), claim.signature)) throw dialect.wrongSignature();
  if (!key.active) throw dialect.inactiveKey();
  verifyToken(world, key, claim.securityToken, dialect);
  const used = world.account(key.caller.accountId).ram.accessKey(claim.accessKeyId);
  if (used !== undefined) used.lastUsed = world.clock.now();
  return key.caller;
}

function verifyToken(world: World, key: SigningKey, token: string | undefined, dialect: Dialect): void {
  if (key.session === null) {
    if (token !== undefined) throw dialect.token('MismatchWithAccessKey');
    return;
  }
  if (token === undefined) throw dialect.token('Missing');
  if (!timingSafeEqual(key.session.securityToken, token)) {
    throw dialect.token(world.sts.issued(token) ? 'MismatchWithAccessKey' : 'Malformed');
  }
  if (world.sts.expired(key.session)) throw dialect.token('Expired');
}

/** Compares in constant time. Lengths are no secret: everybody knows how long a signature or a token is. */
export function timingSafeEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && sameBytes(one, other);
}
