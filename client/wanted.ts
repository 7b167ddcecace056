import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';

export type { ConnectionId, EngineId };

/** What to ask for. Who asks is known, and the action is the method's name. `null` is as good as leaving a field out. */
export interface Wanted {
  /** Needed to grant `register`; in a revoke: those to take away, or all where it is left out. */
  readonly engines?: readonly EngineId[] | null | undefined;
  /** `register` (default): a role for DMS. `console`: a role for RAM users of account A. */
  readonly access?: 'register' | 'console' | null | undefined;
  readonly connections?: readonly ConnectionId[] | null | undefined;
  /** Per engine the only instances that it may modify. */
  readonly instances?: { readonly [engine in EngineId]?: readonly string[] } | null | undefined;
  /** Without the rights that modify. */
  readonly readOnly?: boolean | null | undefined;
  /** ISO 8601 with a zone, in the future; "never" takes an end away. Left out: what is granted keeps its end. */
  readonly expiresAt?: string | null | undefined;
  /** `console` only: RAM users of account A to trust instead of the whole account. */
  readonly users?: readonly string[] | null | undefined;
  /** 1 to 128 of letters, digits, ".", "_", ":", "-". Default: a new one. */
  readonly requestId?: string | null | undefined;
  /** Comes back in the reply, such as a ticket number; at most 256 characters. */
  readonly reference?: string | null | undefined;
  /** Why this cannot wait, at most 256 characters: granted at once, for some hours, where account A may have that. */
  readonly breakGlass?: string | null | undefined;
  /** W3C trace context; comes back on the reply. */
  readonly traceparent?: string | null | undefined;
}
