import type { Operation } from '../ports.ts';
import { atMost } from './at-most.ts';
import type { OurPolicy } from './desired.ts';

/**
 * The write that makes a shared policy say what the catalogue of this version says: the policy itself where there is none
 * yet, else a new version of it. A catalogue that was upgraded thus reaches an installed policy with the next request,
 * or the next repair, of a role that uses it. `differences`: how the installed text differs, in words.
 */
export function policyUpgrade(
  { name: target, document }: OurPolicy,
  text: string | null,
  differences: readonly string[],
): Operation {
  if (text === null)
    return {
      operation: 'create-policy',
      target,
      reason: 'no policy of this set of engines exists yet',
      document,
    };
  const reason = `differs from the catalogue: ${atMost(differences)}`;
  return { operation: 'create-policy-version', target, reason, document };
}
