import { type Clock, systemClock } from '../../shared/runtime/clock.ts';
import { ApiError } from '../cloud/error.ts';
import type {
  AsyncEvent,
  FunctionDescription,
  FunctionPort,
  Invocation,
  SyncEvent,
} from '../cloud/function-port.ts';
import type { Account, World } from '../cloud/world.ts';
import { Activity } from './activity.ts';
import type { Blueprint } from './blueprint.ts';
import type { Globals } from './bundle.ts';
import { codeFolderOf, type Deployment, roleArnOf, wireTriggers } from './deploy.ts';
import { DeployedFunction } from './deployed-function.ts';
import { Destinations, type UndeliveredRecord } from './destinations.ts';
import { FunctionRegistry } from './function-registry.ts';
import type { FunctionSpec } from './function-spec.ts';
import { LogBook, type LogLine } from './log-book.ts';
import { timerEvent } from './timer-event.ts';

export interface FunctionHostOptions {
  /** Names that bundles see instead of the host's globals, for example another `Date` and timers. */
  readonly globals?: Globals;
  /**
   * The clock that function timeouts are measured on. Default the system's, whatever the world's clock does: code runs
   * in real time, and a world whose clock jumps must not cut it off.
   */
  readonly deadlines?: Clock;
  readonly onLog?: (line: LogLine) => void;
}

export interface DeployOptions {
  /** Folder that the `code` paths are relative to: the one that holds `s.yaml`. */
  readonly root: string;
  /** Set for every function, over what `s.yaml` says. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Bytes (vendor page "Limits"): the payload of a synchronous and of an asynchronous invocation. */
const SYNC_LIMIT = 32 * 1024 * 1024;
const ASYNC_LIMIT = 128 * 1024;

/**
 * Function Compute for one world: runs built bundles as the vendor's managed runtimes would. Installs itself as
 * `world.functions`. Not modelled: freezing between invocations, memory limits, `preStop`, scale-in of idle instances.
 */
export class FunctionHost implements FunctionPort {
  readonly world: World;
  readonly #options: FunctionHostOptions;
  readonly #functions = new FunctionRegistry();
  readonly #activity = new Activity();
  readonly #logBook: LogBook;
  readonly #destinations: Destinations;
  #requests = 0;

  constructor(world: World, options: FunctionHostOptions = {}) {
    this.world = world;
    this.#options = options;
    this.#logBook = new LogBook(options.onLog);
    this.#destinations = new Destinations(world, this, this.#logBook);
    world.functions = this;
  }

  get logs(): readonly LogLine[] {
    return this.#logBook.lines;
  }

  /** Records whose destination refused them or is not there. */
  get undelivered(): readonly UndeliveredRecord[] {
    return this.#destinations.undelivered;
  }

  /**
   * Registers the functions of a blueprint in an account and subscribes them to the topics of their `mns_topic` triggers
   * (which must exist). HTTP triggers are opened by `openHttpTrigger`, timers fire by `fireTimer` only: the local cloud
   * has no scheduler. A function of the same name is replaced.
   * Throws for a bundle that is not built, another region, another account's role or topic, and what MNS refuses.
   */
  deploy(account: Account, blueprint: Blueprint, options: DeployOptions): Deployment {
    for (const spec of blueprint.functions) this.#register(account, spec, options);
    return wireTriggers(this.world, account, blueprint.functions);
  }

  async invoke(event: SyncEvent, requestId = this.nextRequestId()): Promise<Invocation> {
    const fn = this.find(event.accountId, event.functionName);
    requireSize(event.payload, SYNC_LIMIT);
    return this.#activity.during(async () => {
      const outcome = await fn.run(requestId, event.payload);
      return { requestId, ...outcome, logTail: () => this.#logBook.tail(requestId) };
    });
  }

  async enqueue(event: AsyncEvent): Promise<{ requestId: string }> {
    const fn = this.find(event.accountId, event.functionName);
    requireSize(event.payload, ASYNC_LIMIT);
    const requestId = this.nextRequestId();
    const acceptedAt = this.world.clock.now();
    const { payload, origin } = event;
    void this.#activity.during(() => fn.queue.push({ requestId, payload, origin, acceptedAt }));
    return { requestId };
  }

  /** Resolves when nothing is queued or running: retries that wait on the clock and destinations count as queued. */
  idle(): Promise<void> {
    return this.#activity.idle();
  }

  describe(accountId: string): readonly FunctionDescription[] {
    return this.#functions.describe(accountId);
  }

  /** Throws `ApiError` 404 `FunctionNotFound`. */
  find(accountId: string, functionName: string): DeployedFunction {
    return this.#functions.find(accountId, functionName);
  }

  /**
   * Fires a timer trigger now, as its schedule would: an asynchronous event. Throws for a function, a trigger or an
   * enabled timer that is not there. With functions of that name in several accounts, `accountId` says which.
   */
  async fireTimer(
    functionName: string,
    triggerName: string,
    accountId?: string,
  ): Promise<{ requestId: string }> {
    const { fn, trigger } = this.#functions.timer(functionName, triggerName, accountId);
    const payload = timerEvent(trigger, this.world.clock.now());
    return this.enqueue({ accountId: fn.accountId, functionName, payload, origin: `timer:${triggerName}` });
  }

  #register(account: Account, declared: FunctionSpec, options: DeployOptions): void {
    const { world } = this;
    if (declared.region !== world.region) {
      throw new Error(
        `${declared.functionName}: region ${declared.region}, but the local cloud is ${world.region}`,
      );
    }
    const environmentVariables = { ...declared.environmentVariables, ...options.environment };
    const spec = { ...declared, environmentVariables };
    const fn = new DeployedFunction({
      world,
      spec,
      accountId: account.uid,
      roleArn: roleArnOf(spec, account),
      codeFolder: codeFolderOf(spec, options.root),
      deadlines: this.#options.deadlines ?? systemClock,
      globals: this.#options.globals ?? {},
      onLine: (requestId, line) => this.#logBook.add({ functionName: spec.functionName, requestId, line }),
      onFinish: (source, event, verdict) => this.#destinations.fire(source, event, verdict),
    });
    this.#functions.add(fn, new Date(world.clock.now()).toISOString());
  }

  /** `1-<seconds>-<counter>-<counter>`, the form of the vendor's ids. */
  nextRequestId(): string {
    this.#requests += 1;
    const seconds = Math.floor(this.world.clock.now() / 1000).toString(16);
    return `1-${seconds}-00000000-${this.#requests.toString(16).padStart(12, '0')}`;
  }
}

function requireSize(payload: Buffer, limit: number): void {
  if (payload.length <= limit) return;
  throw new ApiError(400, 'EntityTooLarge', `payload size exceeds maximum allowed size (${limit} bytes)`);
}
