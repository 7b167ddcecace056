import { loadRequesters } from '../../shared/admission/load-requesters.ts';
import { findRequester, type Requester } from '../../shared/admission/requesters.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';

/** Of an account: whether it stands in `requesters.json`, and what that says of it. */
export interface Listed {
  readonly isListed: (uid: string) => boolean;
  readonly requesterOf: (uid: string) => Requester | undefined;
}

/**
 * Reads `requesters.json`. A file that cannot be used says nothing about anybody, so that all
 * count as listed then: provision tells of such a file, and no role is to be doubted for it.
 */
export function listedIn(environment: Readonly<Record<string, string | undefined>>): Listed {
  try {
    const requesters = loadRequesters(environment);
    const requesterOf = (uid: string) => findRequester(requesters, uid);
    return { requesterOf, isListed: (uid) => requesterOf(uid) !== undefined };
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return { requesterOf: () => undefined, isListed: () => true };
  }
}
