import { parseRequest } from '../events/parse-request.ts';
import { isGrants, resolveAsked } from '../shared/catalogue/resolve-engines.ts';
import type { Millis } from '../shared/runtime/clock.ts';
import { InvalidRequestError } from './errors.ts';

/**
 * Looks at a whole request as account B will. Throws `InvalidRequestError` for one that would be refused there for
 * sure.
 */
export function checkRequest(body: string, ownerUid: string, now: Millis): void {
  const parsed = parseRequest(body);
  if ('bad' in parsed) throw new InvalidRequestError(parsed.bad);
  const { request } = parsed;
  const asked = resolveAsked(request);
  if (!isGrants(asked)) throw new InvalidRequestError(asked.detail);
  if (request.requesterUid === ownerUid)
    throw new InvalidRequestError(
      `requesterUid is ${ownerUid}, which is the owner's own account; DMS needs no role in its own account`,
    );
  const end = Date.parse(request.expiresAt ?? '');
  if (end <= now)
    throw new InvalidRequestError(`expiresAt is ${request.expiresAt}, which is past; give a later time`);
}

/** Throws `InvalidRequestError` for what says nothing. */
export function expectWanted(wanted: unknown): asserts wanted is object {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    throw new InvalidRequestError(
      'what to ask for is missing: expected an object such as { engines: ["redis"] }',
    );
}

/** Fields that the method decides: a program that gives others would get something else than it asked for. */
export function refuseDecided(wanted: unknown, decided: Readonly<Record<string, string>>): void {
  expectWanted(wanted);
  for (const [field, value] of Object.entries(decided)) {
    const given: unknown = Reflect.get(wanted, field);
    if (given !== undefined && given !== null && given !== value)
      throw new InvalidRequestError(
        `${field} is ${JSON.stringify(given)}, and this requester asks with ${JSON.stringify(value)}; leave it out`,
      );
  }
}
