import type { FunctionRecord, TriggerRecord } from './fc/state.ts';
import type { Trigger } from './fc/trigger.ts';

/**
 * How the rest of the cloud reaches what runs the functions, without knowing it. What functions there are stands in
 * `Account.fc`. The host sets `world.functions`; until then every delivery to a function fails with `FunctionNotFound`.
 */
export interface FunctionPort {
  /**
   * Accepts an event for asynchronous invocation (retries and destinations are the host's).
   * Throws `ApiError` 404 `FunctionNotFound` for an unknown function. Resolves when the event is queued, not when it ran.
   */
  enqueue(event: FunctionEvent): Promise<{ requestId: string }>;
  /** Runs the function now and resolves with its answer. A throw of the function is an answer with `errorType`. */
  invoke(event: FunctionEvent): Promise<FunctionAnswer>;
  /** Resolves when no asynchronous event is queued or running. */
  idle(): Promise<void>;
  /**
   * Has a trigger fire from now on: schedules a timer, opens the URL of an HTTP trigger and answers it; null for others.
   * A trigger of that name that fires already is replaced, and keeps its URL.
   * Throws `ApiError` 400 `InvalidArgument` for what the host cannot do; then nothing has changed.
   */
  arm?(fn: FunctionRecord, trigger: Trigger): Promise<string | null>;
  /** Has a trigger fire no more. */
  disarm?(fn: FunctionRecord, trigger: TriggerRecord): Promise<void>;
}

/** What a function is to be run with. */
export interface FunctionEvent {
  readonly accountId: string;
  readonly functionName: string;
  readonly payload: Buffer;
}

export interface FunctionAnswer {
  readonly requestId: string;
  readonly body: Buffer;
  /** `x-fc-error-type` of a throw (`UnhandledInvocationError`), a timeout or an early exit; null for a success. */
  readonly errorType: string | null;
  /** Answers the last 4 KB of what the invocation logged, for `x-fc-log-type: Tail`. */
  readonly logTail?: () => string;
}
