import type { DocumentId } from '../catalogue/catalogue.ts';
import type { Document } from '../catalogue/document.ts';
import { documentIds, type Grants, isEmpty } from '../catalogue/grants.ts';
import { type Access, CONSOLE_POLICY, MANAGED_BY, policyName, roleName } from '../catalogue/names.ts';
import { permissionDocument } from '../catalogue/permission.ts';
import { resourcesOf } from '../catalogue/scope.ts';
import { type Trusted, type TrustTerms, trustDocument } from '../catalogue/trust.ts';
import type { AttachedPolicy } from '../ports.ts';
import { NOTES_TAG } from '../record/notes.ts';
import { type AccessRecord, grantedBy, recordTags, trustedBy } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';

/** What a requester's role must be, derived from its record and nothing else. */
export interface Desired {
  readonly roleName: string;
  readonly terms: TrustTerms;
  readonly trust: Document;
  /** `managed-by`, the record, and what is noted beside it now. Other tags of the role are left alone. */
  readonly tags: ReadonlyMap<string, string>;
  /** Keys of tags of ours that must go, to make room; empty as a rule. */
  readonly freed: readonly string[];
  /** The one policy to be attached; null where the trust alone is enough, and on a closed role. */
  readonly policy: DesiredPolicy | null;
}

/** `ours`: the shared policy of a set of engines, whose document we keep. `system`: the vendor's. */
export type DesiredPolicy = OurPolicy | { readonly kind: 'system'; readonly name: string };

export interface OurPolicy {
  readonly kind: 'ours';
  readonly name: string;
  readonly ids: readonly DocumentId[];
  readonly document: Document;
}

/** Projects a record onto the role that it stands for, as of `now`. A record that grants nothing makes a closed role. */
export function desiredRole(
  record: AccessRecord,
  now: Millis,
  terms: Omit<TrustTerms, 'trusted'>,
  freed: readonly string[] = [],
  notes: string | null = null,
): Desired {
  const full: TrustTerms = { ...terms, trusted: trustedAt(record, now, terms.access) };
  return {
    roleName: roleName(terms.access, terms.requesterUid),
    terms: full,
    trust: trustDocument(full),
    tags: new Map([
      [MANAGED_BY.key, MANAGED_BY.value],
      ...recordTags(record),
      ...(notes === null ? [] : ([[NOTES_TAG, notes]] as const)),
    ]),
    freed,
    policy:
      terms.access === 'console'
        ? consolePolicy(full.trusted)
        : enginePolicy(grantedBy(record, now), terms.ownerUid),
  };
}

/** Whether nobody is to assume the role any more. */
export const isClosed = ({ terms }: Pick<Desired, 'terms'>): boolean => terms.trusted === 'nobody';

/** Whom a record grants its role to. */
export function trustedAt(record: AccessRecord, now: Millis, access: Access): Trusted {
  if (access === 'register') return isEmpty(grantedBy(record, now)) ? 'nobody' : 'dms';
  const trusted = trustedBy(record, now);
  return trusted.length === 0 ? 'nobody' : trusted;
}

/** The one policy that holds all the rights of a set; null where the trust alone is enough. */
export function enginePolicy(granted: Grants, ownerUid: string): OurPolicy | null {
  const ids = documentIds(granted);
  const resources = resourcesOf(granted.narrowed, ownerUid);
  const document = permissionDocument(ids, resources);
  return document === null ? null : { kind: 'ours', name: policyName(ids, resources), ids, document };
}

const consolePolicy = (trusted: Trusted): DesiredPolicy | null =>
  trusted === 'nobody' ? null : { kind: 'system', name: CONSOLE_POLICY };

/** The desired policy as it stands among a role's attachments. */
export const attachedForm = ({ policy }: Pick<Desired, 'policy'>): AttachedPolicy | null =>
  policy === null ? null : { name: policy.name, type: policy.kind === 'ours' ? 'Custom' : 'System' };
