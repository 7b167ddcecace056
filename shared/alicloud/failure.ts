/** What is known of an answer that is an error. `status` 0: no answer arrived. */
export interface Failure {
  /** `RAM CreateRole`. */
  readonly what: string;
  /** The vendor's code, or the system's for a transport error (`ECONNRESET`). */
  readonly code: string;
  /** The HTTP status; where a body of 2xx names another (`HttpStatusCode`), that one. */
  readonly status: number;
  readonly requestId: string | null;
  /** Ms that the service asked to wait; null where it did not say. */
  readonly retryAfterMs: number | null;
  /** From `AccessDeniedDetail`: the action that was refused, and by what. */
  readonly denied: { readonly action: string; readonly by: string } | null;
  /** The message speaks of rights, whatever the code says. */
  readonly aboutRights?: true;
}
