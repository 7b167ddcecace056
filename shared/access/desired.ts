import type { DocumentId } from './catalogue.ts';
import type { Document } from './document.ts';
import { documentIds, isEmpty } from './grants.ts';
import type { Millis } from './millis.ts';
import { MANAGED_BY, policyName, roleName } from './names.ts';
import { permissionDocument } from './permission.ts';
import { type AccessRecord, grantedBy, recordTags } from './record.ts';
import { type TrustTerms, trustDocument } from './trust.ts';

/** What a requester's role must be, derived from its record and nothing else. */
export interface Desired {
  readonly roleName: string;
  readonly terms: TrustTerms;
  readonly trust: Document;
  /** `managed-by` and the record. Other tags of the role are left alone. */
  readonly tags: ReadonlyMap<string, string>;
  /** The one policy to be attached; null where the trust alone is enough, and on a closed role. */
  readonly policy: {
    readonly name: string;
    readonly ids: readonly DocumentId[];
    readonly document: Document;
  } | null;
}

/** Projects a record onto the role that it stands for, as of `now`. A record that grants nothing makes a closed role. */
export function desiredRole(record: AccessRecord, now: Millis, terms: Omit<TrustTerms, 'closed'>): Desired {
  const granted = grantedBy(record, now);
  const ids = documentIds(granted);
  const document = permissionDocument(ids);
  const full: TrustTerms = { ...terms, closed: isEmpty(granted) };
  return {
    roleName: roleName('register', terms.requesterUid),
    terms: full,
    trust: trustDocument(full),
    tags: new Map([[MANAGED_BY.key, MANAGED_BY.value], ...recordTags(record)]),
    policy: document === null ? null : { name: policyName(ids), ids, document },
  };
}
