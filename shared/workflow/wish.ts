import type { Request } from '../../events/request.ts';
import type { Grants } from '../access/grants.ts';
import type { Millis } from '../access/millis.ts';
import type { SignedParts } from '../auth/envelope.ts';

/** A request that was understood: every name resolved, every default filled in. */
export interface Wish {
  readonly request: Request;
  readonly requestId: string;
  readonly fingerprint: string;
  readonly grants: Grants;
  /** The broker's time of the message. */
  readonly at: Millis;
  readonly until: Millis | null;
  /** The proof of its sender that came along; not yet checked. */
  readonly signed: SignedParts | null;
}
