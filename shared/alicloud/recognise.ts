import { namesIdentity, namesPassing, namesRights } from './code-words.ts';
import type { Failure } from './failure.ts';
import { harmless } from './harmless.ts';
import { isThrottled } from './throttled.ts';

/**
 * What an answer that is an error means, for probes, AssumeRole, RAM and DMS alike:
 * - `throttled`, `passing`: the same call may succeed a little later;
 * - `denied`: it says that a right is missing;
 * - `refused`: a 403 that does not say why;
 * - `unidentified`: who is asking was not accepted, so that rights were not looked at;
 * - `harmless`: it is known to be about something else than rights;
 * - `unknown`: nobody here knows it, so it proves nothing.
 */
export type Meaning =
  | 'throttled'
  | 'passing'
  | 'denied'
  | 'refused'
  | 'unidentified'
  | 'harmless'
  | 'unknown';

/** The first line that fits decides. */
export function meaningOf(failure: Failure): Meaning {
  const { code, status, denied, aboutRights } = failure;
  if (isThrottled(failure)) return 'throttled';
  if (denied !== null || (status > 0 && namesRights(code))) return 'denied';
  if (status === 401 || namesIdentity(code)) return 'unidentified';
  // Such a proxy refuses the next time, too.
  if (code.startsWith('ProxyRefused')) return 'unknown';
  if (status === 0 || status >= 500 || namesPassing(code)) return 'passing';
  if (status === 403) return 'refused';
  return harmless(code) !== null && aboutRights !== true ? 'harmless' : 'unknown';
}
