import type { Millis } from './runtime/millis.ts';

/** A call that somebody made, as ActionTrail has it: nothing of its answer, and of its parameters only these. */
export interface TrailEvent {
  readonly id: string;
  readonly at: Millis;
  /** The operation, such as `AssumeRole`. */
  readonly name: string;
  readonly requestId: string;
  readonly isRefused: boolean;
  /** `name`: of a user, or `<role>:<session>`; empty where it is not known. */
  readonly caller: { readonly type: string; readonly accountId: string; readonly name: string };
  readonly roleArn: string | null;
  readonly sessionName: string | null;
  readonly role: string | null;
  readonly policy: string | null;
  /** What a call about tags was about. */
  readonly tagged: { readonly type: string; readonly names: readonly string[] } | null;
}

/** The calls of one name, from a time on, and until when they may be asked for. */
export interface TrailSearch {
  readonly name: string;
  readonly from: Millis;
  readonly to: Millis;
  readonly until: Millis;
}

/** Why the trail could not be read. `isDenied`: a right is missing. */
export interface TrailFault {
  readonly code: string;
  readonly isDenied: boolean;
  readonly text: string;
}

/** Who called what in the account. */
export interface Trail {
  /**
   * Gives every event to `take`, each once. Answers up to when everything was read, which is before `to` where the time
   * was up or a call failed. Rejects with faults of ours only.
   */
  read(
    search: TrailSearch,
    take: (event: TrailEvent) => void,
  ): Promise<{ readonly reached: Millis; readonly fault: TrailFault | null }>;
}
