import type { Addressee } from '../events/outcome.ts';
import type { Reply } from '../events/reply.ts';
import type { Upkeep } from '../events/upkeep.ts';
import type { DocumentId } from './catalogue/catalogue.ts';
import type { Document } from './catalogue/document.ts';
import type { Millis } from './runtime/millis.ts';

export interface AttachedPolicy {
  readonly name: string;
  readonly type: 'Custom' | 'System';
}

/** One write. `target` names the object, `reason` says why in words for people. */
export type Operation = { readonly target: string; readonly reason: string } & (
  | {
      readonly operation: 'create-role';
      readonly trust: Document;
      readonly tags: ReadonlyMap<string, string>;
    }
  | { readonly operation: 'update-trust'; readonly trust: Document }
  | { readonly operation: 'tag-role'; readonly tags: ReadonlyMap<string, string> }
  | { readonly operation: 'untag-role'; readonly keys: readonly string[] }
  | { readonly operation: 'create-policy'; readonly document: Document }
  | { readonly operation: 'create-policy-version'; readonly document: Document }
  | { readonly operation: 'attach-policy'; readonly policy: AttachedPolicy }
  | { readonly operation: 'detach-policy'; readonly policy: AttachedPolicy }
  | { readonly operation: 'delete-role' }
  | { readonly operation: 'delete-policy' }
);

/** A role as RAM describes it. `trust` is its trust policy's text, `arn` as RAM writes it. */
export interface RoleFacts {
  readonly name: string;
  readonly arn: string;
  readonly trust: string;
  readonly createdAt: Millis;
}

/** A custom policy as RAM describes it. `text` is its default version's. */
export interface PolicyFacts {
  readonly name: string;
  readonly text: string;
  /** How many users, groups and roles it is attached to. */
  readonly attachments: number;
  readonly updatedAt: Millis;
}

/** Reading RAM. Every read may be some seconds old: RAM is eventually consistent. */
export interface RamReader {
  /** Null where there is no such role. */
  role(name: string): Promise<RoleFacts | null>;
  /** Empty for a role without tags and for no role. */
  roleTags(name: string): Promise<ReadonlyMap<string, string>>;
  policyTags(name: string): Promise<ReadonlyMap<string, string>>;
  /** Empty for no role. */
  attachedPolicies(roleName: string): Promise<readonly AttachedPolicy[]>;
  /** Null where there is no such custom policy. */
  policy(name: string): Promise<PolicyFacts | null>;
}

/** `conflict`: the object exists already, or is gone: what was read before is no longer true. */
export type WriteResult = 'done' | 'conflict';

export interface RamWriter {
  apply(roleName: string, operation: Operation): Promise<WriteResult>;
}

/** Whose credentials these are. */
export interface Identity {
  /** UID of the account. */
  accountId(): Promise<string>;
}

/** Credentials of an assumed role. Only the adapter that made them can use them, and nothing prints them. */
export interface Session {
  readonly expiresAt: Millis;
}

export type Assumed =
  | { readonly kind: 'session'; readonly session: Session }
  /** STS says that the right is missing. */
  | { readonly kind: 'denied'; readonly detail: string }
  /** A 403 that does not say why. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** An answer that nobody here knows: it proves nothing. */
  | { readonly kind: 'unknown'; readonly detail: string }
  | { readonly kind: 'no-role' }
  /** The call was not made, and why. */
  | { readonly kind: 'untried'; readonly detail: string };

export interface Assumer {
  assume(session: {
    readonly roleArn: string;
    readonly sessionName: string;
    /** Null: without one, which must be denied. */
    readonly externalId: string | null;
    readonly sessionPolicy: Document;
  }): Promise<Assumed>;
}

/**
 * `answered`: the service let the read pass. `harmless`: it answered with an error that is known to be about something
 * else than rights (not sold in this region, not activated). `denied`: it says that the right is missing. `refused`: a
 * 403 that does not say why. `unknown`: an answer that nobody here knows. `unavailable`: it did not answer, or did not
 * accept the session. `untried`: the call was not made. Only the first four say something about the right.
 */
export interface ProbeAnswer {
  readonly kind: 'answered' | 'harmless' | 'denied' | 'refused' | 'unknown' | 'unavailable' | 'untried';
  readonly detail: string;
}

export interface Prober {
  probe(id: DocumentId, session: Session): Promise<ProbeAnswer>;
}

export interface Outbox {
  /** Resolves when the topic has taken the reply; at least once, so a copy may follow. */
  publish(reply: Reply, addressee: Addressee): Promise<void>;
}

/** A role in a listing. */
export interface ListedRole {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Millis;
  readonly tags: ReadonlyMap<string, string>;
}

/** A policy of ours in a listing. */
export interface ListedPolicy {
  readonly name: string;
  readonly attachments: number;
  readonly updatedAt: Millis;
  readonly tags: ReadonlyMap<string, string>;
}

/** Listings of roles and policies, page by page. */
export interface RamLister {
  roles(): AsyncIterable<ListedRole>;
  /** Every role of the account, because a role of ours may have lost its tag. */
  allRoles(): AsyncIterable<ListedRole>;
  policies(): AsyncIterable<ListedPolicy>;
}

/** Sends upkeep that the sweep finds due, to the topic of upkeep. */
export interface UpkeepOutbox {
  ask(upkeep: Upkeep): Promise<void>;
}
