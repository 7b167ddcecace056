import { addBounded } from '../cloud/bounded.ts';
import { ApiError } from '../cloud/error.ts';
import type { DestinationSpec } from '../cloud/fc/destination.ts';
import type { FunctionPort } from '../cloud/function-port.ts';
import { ConnectionLost } from '../cloud/weather.ts';
import type { World } from '../cloud/world.ts';
import type { QueuedEvent, Verdict } from './async-queue.ts';
import { deliver, type RecordSource } from './deliver.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { type DestinationRecord, destinationRecord } from './destination-record.ts';
import type { LogBook } from './log-book.ts';

/** A record that its destination refused, or did not take in half an hour. It is lost. */
export interface UndeliveredRecord {
  readonly functionName: string;
  readonly destination: string;
  readonly reason: string;
  readonly record: DestinationRecord;
}

/** Bytes of a record, payloads escaped inside it (vendor page "Result callback"). */
const LIMIT = { function: 128 * 1024, queue: 64 * 1024 } as const;
/** For how long a destination is tried that answers 5xx or not at all. Source: the vendor's manual in Chinese. */
const TRIED_MS = 30 * 60_000;
/** Pauses between the tries: no page gives them, so they are inferred. */
const PAUSE_MS = { first: 1_000, longest: 60_000 } as const;

/** Sends the records of finished events, and keeps those that were lost, which the platform only counts. */
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
      await this.#insist(sender, destination, JSON.stringify(record));
    } catch (error) {
      const reason = error instanceof ApiError ? `${error.code}: ${error.message}` : String(error);
      const lost = { functionName, destination: destination.arn, reason, record };
      addBounded(this.undelivered, lost, world.keep);
      const line = `[platform] the destination ${destination.arn} was not reached: ${reason}`;
      this.#log.add({ functionName, requestId: event.requestId, line });
    }
  }

  /** Tries again what may succeed later: a target that fails or does not answer. What it refuses is refused. */
  async #insist(sender: RecordSource, destination: DestinationSpec, body: string): Promise<void> {
    const { world, functionName } = sender;
    const service = destination.type === 'function' ? 'fc' : 'mns';
    const call = { service, operation: 'Destination', accessKeyId: '', input: { functionName } };
    const until = world.clock.now() + TRIED_MS;
    for (let pause: number = PAUSE_MS.first; ; pause = Math.min(2 * pause, PAUSE_MS.longest)) {
      try {
        requireFit(destination, body);
        return await world.weather.meet(call, () => deliver(sender, destination, body));
      } catch (error) {
        const later = error instanceof ConnectionLost || (error instanceof ApiError && error.status >= 500);
        if (!later || world.ended.aborted || world.clock.now() + pause > until) throw error;
        await world.clock.sleep(pause, world.ended);
      }
    }
  }
}

function requireFit({ type }: DestinationSpec, body: string): void {
  const size = Buffer.byteLength(body);
  if (size <= LIMIT[type]) return;
  throw new ApiError(413, 'EntityTooLarge', `the record has ${size} bytes, a ${type} takes ${LIMIT[type]}`);
}
