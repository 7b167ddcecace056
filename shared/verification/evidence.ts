import type { Check } from '../../events/reply.ts';
import type { DocumentId } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Grants } from '../catalogue/grants.ts';
import type { TrustTerms } from '../catalogue/trust.ts';
import type { AttachedPolicy, ProbeAnswer } from '../ports.ts';

export type { Check };

/** What was found out about a role: the raw material of its checks. */
export interface Evidence {
  /** Account of the credentials that everything was read with. */
  readonly account: string;
  /** What the role should be: `trusted: 'nobody'` when the record grants nothing. */
  readonly terms: TrustTerms;
  readonly role: { readonly name: string; readonly arn: string; readonly trust: string } | null;
  readonly managed: boolean;
  /** Whether its tags hold a record at all: no role that we make is without. */
  readonly recorded: boolean;
  /** Tags of the record that nobody here wrote. */
  readonly unreadable: readonly string[];
  /** What the record grants; nothing on a console role. */
  readonly granted: Grants;
  /** Engines that were taken away by the request: reads of theirs must be denied. */
  readonly revoked: readonly EngineId[];
  readonly attached: readonly AttachedPolicy[];
  /** The policy that should be attached, and no other; null where none should. */
  readonly wanted: AttachedPolicy | null;
  /** Text of that policy's default version; null where it does not exist or is the vendor's. */
  readonly policyText: string | null;
  /** AssumeRole under the external id. */
  readonly open: Assumption;
  /** AssumeRole without it. */
  readonly shut: Assumption;
  readonly probes: ReadonlyMap<DocumentId, ProbeAnswer>;
}

/** What came of an AssumeRole, as the port says. `untried`: not made, and why. */
export interface Assumption {
  readonly kind: 'session' | 'denied' | 'refused' | 'unknown' | 'no-role' | 'untried';
  readonly detail: string;
}

export const pass = (id: string, detail: string): Check => ({ id, status: 'pass', detail, fix: null });
export const skip = (id: string, detail: string): Check => ({ id, status: 'skip', detail, fix: null });
export const fail = (id: string, detail: string, fix: string): Check => ({ id, status: 'fail', detail, fix });

/** What to do about a role that is not what its record says. */
export const REPAIR =
  'send the request again: it restores what the record says; find out who changed it in ActionTrail';
