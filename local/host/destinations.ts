import { ApiError } from '../cloud/error.ts';
import type { FunctionPort } from '../cloud/function-port.ts';
import type { World } from '../cloud/world.ts';
import type { QueuedEvent, Verdict } from './async-queue.ts';
import { deliver } from './deliver.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { type DestinationRecord, destinationRecord } from './destination-record.ts';
import type { LogBook } from './log-book.ts';

/** A record that its destination refused. */
export interface UndeliveredRecord {
  readonly functionName: string;
  readonly destination: string;
  readonly reason: string;
  readonly record: DestinationRecord;
}

/** Sends the records of finished events, and keeps those that could not be sent. */
export class Destinations {
  readonly undelivered: UndeliveredRecord[] = [];
  readonly #world: World;
  readonly #functions: FunctionPort;
  readonly #log: LogBook;

  constructor(world: World, functions: FunctionPort, log: LogBook) {
    this.#world = world;
    this.#functions = functions;
    this.#log = log;
  }

  /** Fires the destination that the verdict calls for, if the function has it. Never rejects. */
  async fire(source: DeployedFunction, event: QueuedEvent, verdict: Verdict): Promise<void> {
    const { onSuccess, onFailure } = source.spec.asyncInvokeConfig.destinationConfig;
    const destination = (verdict.condition === 'Success' ? onSuccess : onFailure)?.destination;
    if (destination === undefined) return;
    const world = this.#world;
    const { functionName } = source.spec;
    const record = destinationRecord(source.arn, event, verdict, world.clock.now());
    try {
      const caller = source.session.caller();
      const sender = { world, functions: this.#functions, accountId: source.accountId, functionName, caller };
      await deliver(sender, destination, JSON.stringify(record));
    } catch (error) {
      const reason = error instanceof ApiError ? `${error.code}: ${error.message}` : String(error);
      this.undelivered.push({ functionName, destination: destination.arn, reason, record });
      const line = `[platform] the destination ${destination.arn} was not reached: ${reason}`;
      this.#log.add({ functionName, requestId: event.requestId, line });
    }
  }
}
