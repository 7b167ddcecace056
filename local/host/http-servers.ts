import { invalidArgument } from '../cloud/fc/errors.ts';
import type { FunctionRecord } from '../cloud/fc/state.ts';
import type { HttpTrigger } from '../cloud/fc/trigger.ts';
import type { FunctionHost } from './host.ts';
import { type OpenHttpTrigger, requireServed, serveHttp } from './http-trigger.ts';

interface HttpDoor extends OpenHttpTrigger {
  readonly reservedFor: string | null;
  fn: FunctionRecord | null;
}

/**
 * The URLs of HTTP triggers. One can be reserved for an account before it has any: its first trigger gets it, so that the
 * address of a local cloud is known before anything is deployed into it.
 */
export class HttpDoors {
  readonly #host: FunctionHost;
  readonly #doors: HttpDoor[] = [];

  constructor(host: FunctionHost) {
    this.#host = host;
  }

  /** Opens a URL that answers 404 until an HTTP trigger of the account is made. */
  async reserve(accountId: string, port: number): Promise<string> {
    return (await this.#add(port, accountId)).url;
  }

  /** Answers the URL of a trigger, which it keeps. Throws `ApiError` 400 `InvalidArgument` for a second one. */
  async open(fn: FunctionRecord, trigger: HttpTrigger): Promise<string> {
    requireServed(fn, trigger);
    const own = this.#doors.find((door) => door.fn === fn);
    const isKnown = fn.triggers.get(trigger.triggerName)?.trigger.triggerType === 'http';
    if (own !== undefined && !isKnown)
      throw invalidArgument(`${fn.name} has an HTTP trigger already: there can be one`);
    const door =
      own ??
      this.#doors.find(({ reservedFor, fn: taken }) => reservedFor === fn.accountId && taken === null) ??
      (await this.#add(0, null));
    door.fn = fn;
    return door.url;
  }

  /** A reserved URL waits for the next trigger, any other is closed. */
  async close(fn: FunctionRecord): Promise<void> {
    const door = this.#doors.find((one) => one.fn === fn);
    if (door === undefined) return;
    door.fn = null;
    if (door.reservedFor !== null) return;
    this.#doors.splice(this.#doors.indexOf(door), 1);
    await door.close();
  }

  async closeAll(): Promise<void> {
    for (const door of this.#doors.splice(0)) await door.close();
  }

  async #add(port: number, reservedFor: string | null): Promise<HttpDoor> {
    const served = await serveHttp(this.#host, () => door.fn, port);
    const door: HttpDoor = { ...served, reservedFor, fn: null };
    this.#doors.push(door);
    return door;
  }
}
