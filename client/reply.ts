import type { EngineId } from '../shared/catalogue/engine.ts';

/** A word of this version, or one of a newer version of account B, which may be upgraded before account A. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

export type Status = Open<
  'verified' | 'revoked' | 'rejected' | 'failed' | 'changed' | 'pending' | 'expiring' | 'review-due'
>;

export type ProblemCode = Open<
  | 'invalid-request'
  | 'unknown-engine'
  | 'requester-not-allowed'
  | 'engine-not-allowed'
  | 'access-not-allowed'
  | 'sender-mismatch'
  | 'signature-invalid'
  | 'own-account'
  | 'wrong-account'
  | 'role-not-owned'
  | 'superseded'
  | 'expired'
  | 'quota-exceeded'
  | 'throttled'
  | 'permission-missing'
  | 'verification-failed'
  | 'internal'
  | 'not-approved'
>;

export interface Check {
  /** `trust-dms`, `engine:redis`, ... */
  readonly id: string;
  /** `skip`: could not be checked, and `detail` says why; never to be read as a pass. */
  readonly status: Open<'pass' | 'fail' | 'skip'>;
  readonly detail: string;
  /** What to do about a failure; null for a check that did not fail. */
  readonly fix: string | null;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly title: string;
  readonly detail: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;
}

/** An engine that is granted. */
export interface Grant {
  readonly id: Open<EngineId>;
  readonly expiresAt: string | null;
  /** The only instances that it may modify; null: all. */
  readonly instances: readonly string[] | null;
  readonly readOnly: boolean;
}

/** Something that was written for the request; `asked: false` for what was repaired on the way. */
export interface Change {
  readonly check: string;
  readonly before: string;
  readonly after: string;
  readonly asked: boolean;
}

/** What account B says. Fields that this version does not know are there, too. */
export interface ReplyData<S extends string = Status> {
  readonly status: S;
  readonly requestId: string;
  /** Null only where the request could not be read far enough to tell who asked. */
  readonly requesterUid: string | null;
  readonly ownerUid: string;
  readonly access: Open<'register' | 'console'>;
  /** As RAM returned it; null where there is no role. */
  readonly roleArn: string | null;
  /** All that the role grants now, sorted. */
  readonly engines: readonly string[];
  readonly connections: readonly string[];
  /** Engines that the role may modify on these instances only. */
  readonly instances?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Engines of which the role may only read. */
  readonly readOnly?: readonly string[] | undefined;
  /** Each engine with its end and its limits; versions before it leave it out. */
  readonly grants?: readonly Grant[] | undefined;
  readonly changes?: readonly Change[] | undefined;
  readonly expiresAt: string | null;
  readonly reference: string | null;
  /** `assumed`: a real AssumeRole succeeded. `structural`: documents were compared, no more. */
  readonly assurance: Open<'assumed' | 'structural'>;
  readonly checks: readonly Check[];
  /** Of `expiring`: the request that sets a later end; null where none is allowed. */
  readonly next?: Readonly<Record<string, unknown>> | null | undefined;
  /** What the owner's functions cannot check, and people have to do. */
  readonly prerequisites: readonly string[];
  readonly console: {
    readonly switchRoleUrl: string;
    readonly requesterPolicy: Readonly<Record<string, unknown>>;
  } | null;
  readonly problem: Problem | null;
  /** The reason of an emergency. */
  readonly breakGlass?: string | undefined;
  /** Of a request that waits for the owner's approval: all of it, its digest, since when it waits, and until when. */
  readonly request?: Readonly<Record<string, unknown>> | undefined;
  readonly digest?: string | undefined;
  readonly since?: string | undefined;
  readonly endsAt?: string | undefined;
}

/** A reply: its data in a CloudEvent. */
export interface Reply<S extends string = Status> {
  readonly specversion: string;
  /** The same in every copy of a reply. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string | undefined;
  readonly time?: string | undefined;
  readonly datacontenttype?: string | undefined;
  readonly correlationid?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly data: ReplyData<S>;
}
