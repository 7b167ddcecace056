import { globMatches } from './glob.ts';

/**
 * Matches a resource `acs:<service>:<region>:<account>:<relative id>` against a pattern of a policy, segment by segment:
 * a `*` does not reach over a colon, except in the relative id. The resource `*` (an operation that cannot be scoped)
 * is covered by the pattern `*` alone.
 *
 * A pattern that is neither `*` nor five segments matches nothing or, `asText`, what it matches as plain text. Which of
 * the two is asked for is what gives less, so that a pattern nobody can read never gives more than was meant.
 */
export function resourceMatches(pattern: string, resource: string, asText: boolean): boolean {
  if (pattern === '*') return true;
  const wanted = segments(pattern);
  const actual = segments(resource);
  if (wanted === null || actual === null) return asText && globMatches(pattern, resource);
  const [service, region, account, relative] = wanted;
  return (
    globMatches(service, actual[0]) &&
    placeMatches(region, actual[1]) &&
    placeMatches(account, actual[2]) &&
    relativeMatches(relative, actual[3], actual[0])
  );
}

/** A service without regions names none: its resources come as `acs:ram::<uid>:...` and as `acs:ram:*:<uid>:...`. */
function placeMatches(pattern: string, actual: string): boolean {
  return (actual === '*' && pattern === '') || globMatches(pattern, actual);
}

/** RAM answers with role names in lower case whatever the policy's author wrote, so case does not count there. */
function relativeMatches(pattern: string, actual: string, service: string): boolean {
  if (service === 'ram' && actual.toLowerCase().startsWith('role/')) {
    return globMatches(pattern.toLowerCase(), actual.toLowerCase());
  }
  return globMatches(pattern, actual);
}

function segments(arn: string): readonly [string, string, string, string] | null {
  const [prefix, service, region, account, ...relative] = arn.split(':');
  if (prefix !== 'acs' || service === undefined || region === undefined || account === undefined) return null;
  return relative.length === 0 ? null : [service, region, account, relative.join(':')];
}
