import { globMatches } from './glob.ts';

/**
 * What to do with a pattern that is neither `*` nor five segments. `narrow` refuses it, `wide` matches it as plain text.
 * Rights use `narrow` and denials `wide`, so that a pattern nobody can read never gives more than was meant.
 */
export type Reading = 'narrow' | 'wide';

/**
 * Matches a resource `acs:<service>:<region>:<account>:<relative id>` against a pattern of a policy, segment by segment:
 * a `*` does not reach over a colon, except in the relative id. The resource `*` (an operation that cannot be scoped)
 * is covered by the pattern `*` alone.
 */
export function resourceMatches(pattern: string, resource: string, reading: Reading): boolean {
  if (pattern === '*') return true;
  const wanted = segments(pattern);
  const actual = segments(resource);
  if (wanted === null || actual === null) return reading === 'wide' && globMatches(pattern, resource);
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
  if ((actual === '' || actual === '*') && pattern === '') return true;
  return globMatches(pattern, actual);
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
