import { systemClock } from '../../shared/runtime/clock.ts';
import type { FunctionRecord, TriggerRecord } from '../cloud/fc/state.ts';
import type { TimerTrigger, Trigger } from '../cloud/fc/trigger.ts';
import type { FunctionAnswer, FunctionEvent, FunctionPort } from '../cloud/function-port.ts';
import type { World } from '../cloud/world.ts';
import { Activity } from './activity.ts';
import { CodeFolders } from './code-folders.ts';
import { scheduleOf } from './cron.ts';
import { DeployedFunction } from './deployed-function.ts';
import { Destinations, type UndeliveredRecord } from './destinations.ts';
import type { FunctionHostOptions } from './host-options.ts';
import { HttpDoors } from './http-servers.ts';
import { LogBook, type LogLine } from './log-book.ts';
import { LogDelivery } from './log-delivery.ts';
import type { FunctionMetrics } from './metrics.ts';
import { ASYNC_LIMIT, requireSize, SYNC_LIMIT } from './payload-limits.ts';
import { requestIds } from './request-ids.ts';
import { timerEvent } from './timer-event.ts';
import { Timers } from './timers.ts';

/**
 * Function Compute for one world: runs what was deployed as the vendor's managed runtimes would. Installs itself as
 * `world.functions`. Not modelled: freezing between invocations, memory limits, `preStop`, scale-in of idle instances.
 */
export class FunctionHost implements FunctionPort {
  readonly world: World;
  readonly doors: HttpDoors;
  readonly nextRequestId: () => string;
  readonly #options: FunctionHostOptions;
  readonly #running = new WeakMap<FunctionRecord, DeployedFunction>();
  readonly #activity = new Activity();
  readonly #folders = new CodeFolders();
  readonly #logBook: LogBook;
  readonly #logDelivery: LogDelivery;
  readonly #destinations: Destinations;
  readonly #timers: Timers;

  constructor(world: World, options: FunctionHostOptions = {}) {
    this.world = world;
    this.#options = options;
    this.nextRequestId = requestIds(world.clock);
    this.#logBook = new LogBook(options.onLog, world.keep);
    this.#logDelivery = new LogDelivery(world);
    this.#destinations = new Destinations(world, this, this.#logBook);
    this.#timers = new Timers(world.clock, (fn, trigger) => {
      this.#fire(fn, trigger).catch((error: unknown) => {
        const line = `[platform] the timer ${trigger.triggerName} did not fire: ${String(error)}`;
        this.#logBook.add({ functionName: fn.name, requestId: '', line });
      });
    });
    this.doors = new HttpDoors(this);
    world.functions = this;
  }

  get logs(): readonly LogLine[] {
    return this.#logBook.lines;
  }

  /** Records whose destination refused them or is not there. */
  get undelivered(): readonly UndeliveredRecord[] {
    return this.#destinations.undelivered;
  }

  /** How many timers are scheduled. */
  get scheduled(): number {
    return this.#timers.size;
  }

  /** What Cloud Monitor would show of a function. Throws `ApiError` 404 `FunctionNotFound`. */
  metrics(accountId: string, functionName: string): FunctionMetrics {
    const { arn, queue } = this.find(accountId, functionName);
    const lost = this.undelivered.filter(({ record }) => record.requestContext.functionArn === arn);
    return { destinationErrors: lost.length, backlog: queue.backlog };
  }

  /** `left` aborts when whoever waits for the answer has gone: the run ends there, as if its instance had been killed. */
  async invoke(
    event: FunctionEvent,
    requestId = this.nextRequestId(),
    left?: AbortSignal,
  ): Promise<FunctionAnswer> {
    const fn = this.find(event.accountId, event.functionName);
    requireSize(event.payload, SYNC_LIMIT);
    return this.#activity.during(async () => {
      const outcome = await fn.run(requestId, event.payload, left);
      return { requestId, ...outcome, logTail: () => this.#logBook.tail(requestId) };
    });
  }

  async enqueue(event: FunctionEvent, requestId = this.nextRequestId()): Promise<{ requestId: string }> {
    const fn = this.find(event.accountId, event.functionName);
    requireSize(event.payload, ASYNC_LIMIT);
    const acceptedAt = this.world.clock.now();
    void this.#activity.during(() => fn.queue.push({ requestId, payload: event.payload, acceptedAt }));
    return { requestId };
  }

  /** Resolves when nothing is queued or running: retries that wait on the clock and destinations count as queued. */
  idle(): Promise<void> {
    return this.#activity.idle();
  }

  get isBusy(): boolean {
    return this.#activity.isBusy;
  }

  async arm(fn: FunctionRecord, trigger: Trigger): Promise<string | null> {
    if (trigger.triggerType === 'timer') {
      scheduleOf(trigger.triggerConfig.cronExpression);
      if (this.#options.timers === 'scheduled') this.#timers.set(fn, trigger);
    }
    if (trigger.triggerType !== 'http') return null;
    return this.#options.urls === 'served'
      ? this.doors.open(fn, trigger)
      : `https://${fn.name.toLowerCase()}.${this.world.region}.fcapp.run`;
  }

  async disarm(fn: FunctionRecord, { trigger }: TriggerRecord): Promise<void> {
    this.#timers.clear(fn, trigger.triggerName);
    if (trigger.triggerType === 'http') await this.doors.close(fn);
  }

  /** Throws `ApiError` 404 `FunctionNotFound`. */
  find(accountId: string, functionName: string): DeployedFunction {
    return this.#of(this.world.account(accountId).fc.function(functionName));
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
    for (const { uid, fc } of this.world.accounts.values()) {
      const fn = fc.functions.get(functionName);
      if (fn === undefined || uid !== (accountId ?? uid)) continue;
      const trigger = fn.triggers.get(triggerName)?.trigger;
      if (trigger?.triggerType === 'timer' && trigger.triggerConfig.enable) return this.#fire(fn, trigger);
    }
    throw new Error(`${functionName} has no enabled timer trigger ${triggerName}`);
  }

  /** Ends schedules, closes URLs, takes unpacked code away. */
  async close(): Promise<void> {
    this.#timers.clearAll();
    await this.doors.closeAll();
    this.#folders.remove();
  }

  #fire(fn: FunctionRecord, trigger: TimerTrigger): Promise<{ requestId: string }> {
    const payload = timerEvent(trigger, this.world.clock.now());
    return this.enqueue({ accountId: fn.accountId, functionName: fn.name, payload });
  }

  #of(record: FunctionRecord): DeployedFunction {
    const known = this.#running.get(record);
    if (known !== undefined) return known;
    const fn: DeployedFunction = new DeployedFunction({
      world: this.world,
      record,
      variables: this.#options.variables?.(record.accountId) ?? {},
      folderOf: (name, code) => this.#folders.folderOf(`${record.accountId}/${name}`, code),
      deadlines: this.#options.deadlines ?? systemClock,
      globals: this.#options.globals ?? {},
      onLine: (requestId, line) => {
        const write = (text: string) =>
          this.#logBook.add({ functionName: record.name, requestId, line: text });
        write(line);
        this.#logDelivery.deliver(record, line, () => fn.session.caller(), write);
      },
      onFinish: (source, event, verdict) => this.#destinations.fire(source, event, verdict),
    });
    this.#running.set(record, fn);
    return fn;
  }
}
