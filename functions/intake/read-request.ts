import { jsonIn, jsonText } from '../../events/json-text.ts';
import { parseRequest } from '../../events/parse-request.ts';
import { type Problem, problem } from '../../events/problem.ts';
import { withoutMark } from '../../events/text.ts';
import { isGrants } from '../../shared/catalogue/resolve-engines.ts';
import { grantsAsked, type ParsedRequest } from '../../shared/requests/parsed-request.ts';
import type { Millis } from '../../shared/runtime/millis.ts';

/** Reads a request by the rules of provision, so that the sender of a malformed one hears of it at once. */
export function readRequest(
  text: string,
  requestAt: string | null,
  ownerUid: string,
  now: Millis,
): Pick<ParsedRequest, 'request' | 'grants'> | Problem {
  const found = requestAt === null ? text : textAt(text, requestAt);
  if (found === null)
    return problem(
      'invalid-request',
      `there is no request at ${requestAt} of the body; put one there as a JSON object or as its text.`,
    );
  const parsed = parseRequest(found);
  if ('bad' in parsed) return problem('invalid-request', `${parsed.bad}.`);
  const { request } = parsed;
  const grants = grantsAsked(request, ownerUid, now);
  return isGrants(grants) ? { request, grants } : grants;
}

/** The value at a JSON Pointer (RFC 6901), as text: a text as it is, an object as JSON; null where there is neither. */
function textAt(text: string, pointer: string): string | null {
  let value = jsonIn(withoutMark(text));
  for (const step of pointer.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = Reflect.get(value, key);
  }
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? jsonText(value) : null;
}
