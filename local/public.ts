/** Keys of somebody in an account. */
export interface LocalKeys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** An account of a local cloud. The keys are those of a RAM user who may do everything in it. */
export interface LocalAccount extends LocalKeys {
  readonly uid: string;
  /** `http://127.0.0.1:<port>` of all its services; null in process, where the vendor's own hosts are answered. */
  readonly endpoint: string | null;
  /** The same over https, where `tls` asks for it. */
  readonly endpointTls: string | null;
  /** Keys of the account itself. */
  readonly root: LocalKeys;
}

export interface LocalCloudSettings {
  /** UIDs; default: 2000000000000002 and 1000000000000001. */
  readonly accounts?: readonly string[];
  /** Default cn-hangzhou. */
  readonly region?: string;
  /**
   * Ports of the loopback interface for clients of any process and language, or the vendor's own hosts for clients of
   * this process alone, which takes `msw` installed. Default: ports.
   */
  readonly transport?: 'ports' | 'in-process';
  /** Serve https, too, with an authority that is kept in this folder. */
  readonly tls?: { readonly folder: string };
  /** How many calls, sessions, nonces, events of a trail and log lines, each, are kept; default 1,000. */
  readonly keep?: number;
  /** What is left to chance is drawn from it; default 1. */
  readonly seed?: number;
}

/** A call as the cloud saw it, in the order in which they ended. */
export interface LocalCall {
  /** `ram`, `sts`, `mns`, `mns-open`, `fc`, `oss`, `dms-enterprise`, or an engine. */
  readonly service: string;
  /** `CreateRole`, `SendMessage`. */
  readonly operation: string;
  readonly kind: 'read' | 'write';
  /** UID of the account that it was for. */
  readonly accountId: string;
  /** HTTP status; 0 for a connection that was closed without an answer. */
  readonly status: number;
  /** The vendor's code for an error. */
  readonly code: string | null;
  /** Milliseconds since the epoch, on the clock of the cloud. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** How many calls it meets; default: every one, until `reset`. */
export interface LocalTimes {
  readonly times?: number;
}

/** What to do with the calls that `on` chose. The first that fits a call wins. */
export interface LocalStub {
  /** An error in the place of the effect: a code of the vendor's (`EntityNotExist.Role`). */
  rejects(code: string, options?: LocalTimes): LocalStub;
  /** The effect, and then the error. */
  rejectsAfter(code: string, options?: LocalTimes): LocalStub;
  /** This answer in the place of the effect, without `RequestId`. */
  resolves(answer: object, options?: LocalTimes): LocalStub;
  /** The effect, `ms` later. */
  delays(ms: number, options?: LocalTimes): LocalStub;
  /** The connection is closed: before the effect, or after it in the place of the answer. */
  hangsUp(when: 'before' | 'after', options?: LocalTimes): LocalStub;
}

export interface LocalCloud {
  readonly region: string;
  readonly accounts: readonly LocalAccount[];
  /** Path of the certificate to trust, with `tls`. */
  readonly ca: string | null;
  /** Throws for an account that is not there. Without a UID the first. */
  account(uid?: string): LocalAccount;
  /** Chooses calls by service and operation, and by parameters that they must have. Throws for an unknown operation. */
  on(service: string, operation: string, parameters?: Readonly<Record<string, string>>): LocalStub;
  /** The calls so far; of one service, of one operation. */
  calls(service?: string, operation?: string): readonly LocalCall[];
  /** Takes all stubs back and forgets the calls. What was made stays. */
  reset(): void;
  /** Moves the time of the cloud ahead: sessions end, retries come, hidden messages show. Signatures keep real time. */
  advance(ms: number): void;
  /** Resolves when no message and no event is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
