import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';
export type { ConnectionId, EngineId };
/** What to ask for. Who asks is known, and the action is the method's name. */
export interface Wanted {
    /** Needed to grant `register`; in a revoke: those to take away, or all where it is left out. */
    readonly engines?: readonly EngineId[] | undefined;
    /** `register` (default): a role for DMS. `console`: a role for RAM users of account A. */
    readonly access?: 'register' | 'console' | undefined;
    readonly connections?: readonly ConnectionId[] | undefined;
    /** Per engine the only instances that it may modify. */
    readonly instances?: {
        readonly [engine in EngineId]?: readonly string[];
    } | undefined;
    /** Without the rights that modify. */
    readonly readOnly?: boolean | undefined;
    /** ISO 8601 with a zone, in the future; "never" takes an end away. Left out: what is granted keeps its end. */
    readonly expiresAt?: string | undefined;
    /** `console` only: RAM users of account A to trust instead of the whole account. */
    readonly users?: readonly string[] | undefined;
    /** 1 to 128 of letters, digits, ".", "_", ":", "-". Default: a new one. */
    readonly requestId?: string | undefined;
    /** Comes back in the reply, such as a ticket number; at most 256 characters. */
    readonly reference?: string | undefined;
    /** W3C trace context; comes back on the reply. */
    readonly traceparent?: string | undefined;
}
