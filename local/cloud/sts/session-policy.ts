import type { PolicyDocument } from '../caller.ts';
import { ApiError } from '../error.ts';
import { parsePermissionDocument } from '../ram/documents.ts';

/** The longest session policy, in characters. */
export const MAX_SESSION_POLICY = 2048;

/**
 * Reads a session policy: the grammar of a permission policy, 1 to 2048 characters.
 * Throws `ApiError` 400 `InvalidParameter.PolicySize`, `InvalidParameter.PolicyGrammar`.
 */
export function parseSessionPolicy(text: string): PolicyDocument {
  if (text.length > MAX_SESSION_POLICY) {
    throw new ApiError(
      400,
      'InvalidParameter.PolicySize',
      `The size of Policy must be 1 to ${MAX_SESSION_POLICY} characters.`,
    );
  }
  try {
    return parsePermissionDocument(text, Number.MAX_SAFE_INTEGER, 'Policy');
  } catch (error) {
    const reason = error instanceof ApiError ? error.message : 'The policy cannot be read.';
    throw new ApiError(
      400,
      'InvalidParameter.PolicyGrammar',
      `The parameter Policy has not passed grammar check. ${reason}`,
    );
  }
}
