import type { Access } from '../../shared/catalogue/names.ts';

/** A role that is to be closed, and the request id of the message that says so. */
export interface Closing {
  readonly requesterUid: string;
  readonly access: Access;
  /** `<id of this run>:<access>:<uid>`, so that one beginning finds all of a run. */
  readonly requestId: string;
}

/** Where one of them stands. `absent`: RAM knows no such role. Its close makes one, closed, that no older
 * request can bring to life. */
export interface Closed extends Closing {
  /** As RAM returned it; null where there is no such role, and where nobody has looked. */
  readonly roleArn: string | null;
  readonly status: 'sent' | 'closed' | 'absent' | 'failed' | 'pending';
  /** Ids of the checks that fail; empty unless the status is `failed`. */
  readonly checks: readonly string[];
}

export const closings = (
  roles: readonly Pick<Closing, 'requesterUid' | 'access'>[],
  run: string,
): readonly Closing[] =>
  roles.map(({ access, requesterUid }) => ({
    access,
    requesterUid,
    requestId: `${run}:${access}:${requesterUid}`,
  }));
