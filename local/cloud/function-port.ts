/**
 * How the rest of the cloud reaches Function Compute, without knowing the host that runs the code.
 * The host sets `world.functions`; until then every delivery to a function fails with `FunctionNotFound`.
 */
export interface FunctionPort {
  /**
   * Accepts an event for asynchronous invocation (retries and destinations are the host's).
   * Throws `ApiError` 404 `FunctionNotFound` for an unknown function. Resolves when the event is queued, not when it ran.
   */
  enqueue(event: AsyncEvent): Promise<{ requestId: string }>;
  /** Runs the function now and resolves with its answer. A throw of the function is an answer with `errorType`. */
  invoke(event: SyncEvent): Promise<Invocation>;
  /** Resolves when no asynchronous event is queued or running. */
  idle(): Promise<void>;
  /** The functions of an account, sorted by name, for the read operations of the Function Compute API. */
  describe?(accountId: string): readonly FunctionDescription[];
}

/** A function as `GetFunction` and `ListTriggers` show it: the fields of the vendor's answers, ready to be JSON. */
export interface FunctionDescription {
  readonly functionName: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly triggers: readonly Readonly<Record<string, unknown>>[];
}

export interface SyncEvent {
  readonly accountId: string;
  readonly functionName: string;
  readonly payload: Buffer;
}

export interface AsyncEvent extends SyncEvent {
  /** What put it there, for the journal and the logs: `mns_topic:<topic>`, `timer:<name>`, `destination:<function>`, `api`. */
  readonly origin: string;
}

export interface Invocation {
  readonly requestId: string;
  readonly body: Buffer;
  /** `x-fc-error-type` of a throw (`UnhandledInvocationError`), a timeout or an early exit; null for a success. */
  readonly errorType: string | null;
  /** Answers the last 4 KB of what the invocation logged, for `x-fc-log-type: Tail`. */
  readonly logTail?: () => string;
}
