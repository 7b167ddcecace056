import type { Headers } from './headers.ts';
import { timingSafeEqual } from './timing-safe-equal.ts';

/** `Authorization: Bearer <token>` with one of `tokens`. Source: RFC 6750, section 2.1. */
export function hasBearer(headers: Headers, tokens: readonly string[]): boolean {
  const token = /^bearer +(\S+)$/i.exec(String(headers.get('authorization')))?.[1];
  return tokens.map((one) => timingSafeEqual(token, one)).some(Boolean);
}
