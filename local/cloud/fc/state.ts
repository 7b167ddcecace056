import type { Clock, Millis } from '../../../shared/runtime/clock.ts';
import type { AsyncInvokeConfig } from './async-config.ts';
import type { Code } from './code.ts';
import { functionNotFound, triggerNotFound } from './errors.ts';
import type { FunctionSettings } from './function-input.ts';
import type { Trigger } from './trigger.ts';

/** Code and settings together: what an instance is made from. An update replaces both at once. */
export interface Revision {
  readonly code: Code;
  readonly settings: FunctionSettings;
  /** The settings as they were sent: what an update that leaves some out builds on. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** A function as the API made it. */
export interface FunctionRecord {
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Millis;
  modifiedAt: Millis;
  revision: Revision;
  readonly triggers: Map<string, TriggerRecord>;
  asyncConfig: AsyncConfigRecord | null;
  /** Null: the account's own limit holds. */
  reservedConcurrency: number | null;
  tags: ReadonlyMap<string, string>;
  deleted: boolean;
}

export interface AsyncConfigRecord {
  readonly config: AsyncInvokeConfig;
  /** As it was sent. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly createdAt: Millis;
  readonly modifiedAt: Millis;
}

export interface TriggerRecord {
  readonly trigger: Trigger;
  /** `triggerConfig` as it was sent: JSON text. */
  readonly configText: string;
  readonly createdAt: Millis;
  readonly modifiedAt: Millis;
  /** Of an HTTP trigger. */
  readonly url: string | null;
}

/** The functions of one account. */
export class FcState {
  readonly functions = new Map<string, FunctionRecord>();
  readonly #uid: string;
  readonly #clock: Clock;

  constructor(uid: string, clock: Clock) {
    this.#uid = uid;
    this.#clock = clock;
  }

  /** Throws `FunctionNotFound` 404. */
  function(name: string): FunctionRecord {
    const found = this.functions.get(name);
    if (found === undefined) throw functionNotFound(name);
    return found;
  }

  /** Throws `FunctionNotFound` and `TriggerNotFound`, both 404. */
  trigger(functionName: string, name: string): TriggerRecord {
    const found = this.function(functionName).triggers.get(name);
    if (found === undefined) throw triggerNotFound(name);
    return found;
  }

  add(name: string, region: string, revision: Revision): FunctionRecord {
    const now = this.#clock.now();
    const record: FunctionRecord = {
      accountId: this.#uid,
      name,
      arn: `acs:fc:${region}:${this.#uid}:functions/${name}`,
      createdAt: now,
      modifiedAt: now,
      revision,
      triggers: new Map(),
      asyncConfig: null,
      reservedConcurrency: null,
      tags: new Map(),
      deleted: false,
    };
    this.functions.set(name, record);
    return record;
  }

  remove(record: FunctionRecord): void {
    record.deleted = true;
    this.functions.delete(record.name);
  }
}
