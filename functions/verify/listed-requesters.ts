import { loadRequesters } from '../../shared/admission/load-requesters.ts';
import { findRequester } from '../../shared/admission/requesters.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';

/**
 * Tells whether an account stands in `requesters.json`. A file that cannot be used says nothing about anybody, so that all
 * count as listed then: provision tells of such a file, and no role is to be doubted for it.
 */
export function listedIn(
  environment: Readonly<Record<string, string | undefined>>,
): (uid: string) => boolean {
  try {
    const requesters = loadRequesters(environment);
    return (uid) => findRequester(requesters, uid) !== undefined;
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return () => true;
  }
}
