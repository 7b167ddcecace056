import type { Clock } from '../../shared/runtime/clock.ts';
import { ApiError } from '../cloud/error.ts';
import { STANDARD_ASYNC } from '../cloud/fc/async-config.ts';
import type { Code } from '../cloud/fc/code.ts';
import { functionNotFound } from '../cloud/fc/errors.ts';
import type { FunctionRecord } from '../cloud/fc/state.ts';
import type { World } from '../cloud/world.ts';
import { type Outcome, platformFailure } from './answer.ts';
import { AsyncQueue, type QueuedEvent, type Verdict } from './async-queue.ts';
import { attempt } from './attempt.ts';
import type { Globals } from './bundle.ts';
import { Instance, type Job } from './instance.ts';
import { InstancePool } from './instance-pool.ts';
import type { PresentSpec } from './instance-spec.ts';
import { RoleSession } from './role-session.ts';

/** Instances that a function without `reservedConcurrency` may have: the vendor's default for an account and region. */
const INSTANCES = 100;

interface DeployedFunctionParts {
  readonly world: World;
  readonly record: FunctionRecord;
  /** Set by the host for every instance, over the function's own, and shown to nobody. */
  readonly variables: Readonly<Record<string, string>>;
  readonly folderOf: (functionName: string, code: Code) => string;
  readonly deadlines: Clock;
  readonly globals: Globals;
  readonly onLine: (requestId: string, line: string) => void;
  readonly onFinish: (source: DeployedFunction, event: QueuedEvent, verdict: Verdict) => Promise<void>;
}

/** An instance, and the keys that it alone has: whoever kills it kills no other. */
interface Seat {
  readonly instance: Instance;
  readonly session: RoleSession;
  isAlive(): boolean;
}

/**
 * A function that runs: its instances, its queue of asynchronous events, and the session that its records are sent under.
 * What it is stands in its record, which is read anew for every invocation.
 */
export class DeployedFunction {
  readonly accountId: string;
  readonly arn: string;
  readonly queue: AsyncQueue;
  readonly #record: FunctionRecord;
  readonly #world: World;
  readonly #pool: InstancePool<Seat>;
  #session: RoleSession | null = null;

  constructor(parts: DeployedFunctionParts) {
    const { world, record } = parts;
    this.#world = world;
    this.#record = record;
    this.accountId = record.accountId;
    this.arn = record.arn;
    this.#pool = new InstancePool({
      limit: () => record.reservedConcurrency ?? INSTANCES,
      create: () => {
        const instance = newInstance(parts, this.spec);
        const session = new RoleSession(world, this.roleArn, record.name);
        return { instance, session, isAlive: () => instance.alive };
      },
      isCurrent: ({ instance }) => instance.revision === record.revision,
    });
    const present = () => this.spec.asyncInvokeConfig;
    this.queue = new AsyncQueue({
      clock: world.clock,
      get maxRetryAttempts() {
        return record.deleted ? 0 : present().maxAsyncRetryAttempts;
      },
      get maxEventAgeMs() {
        return present().maxAsyncEventAgeInSeconds * 1000;
      },
      get retriesOwnFailures() {
        return world.weather.platform.retried;
      },
      spread: (ms) => world.weather.platform.spread(ms),
      ended: world.ended,
      start: ({ requestId, payload }, retryCount) => {
        const running = this.#start({ requestId, payload, retryCount });
        return running === null ? null : attempt(running);
      },
      // What waited for a function that is gone is gone with it.
      finish: async (event, verdict) => {
        if (!record.deleted) await parts.onFinish(this, event, verdict);
      },
    });
  }

  /** The function as it is now. */
  get spec(): PresentSpec {
    const { revision, name, asyncConfig } = this.#record;
    return {
      ...revision.settings,
      functionName: name,
      region: this.#world.region,
      asyncInvokeConfig: asyncConfig?.config ?? STANDARD_ASYNC,
    };
  }

  get roleArn(): string | null {
    return this.#record.revision.settings.role || null;
  }

  /** Of the role that the function has now. */
  get session(): RoleSession {
    const { roleArn } = this;
    if (this.#session?.roleArn !== roleArn)
      this.#session = new RoleSession(this.#world, roleArn, this.#record.name);
    return this.#session;
  }

  /**
   * Runs a synchronous invocation. Throws `ApiError` 429 `ResourceThrottled` when all instances are busy and no
   * further one may be made, 403 `AccessDenied` when the function's role cannot be assumed.
   */
  run(requestId: string, payload: Buffer, left?: AbortSignal): Promise<Outcome> {
    const running = this.#start({ requestId, payload, retryCount: 0 }, left);
    if (running !== null) return running;
    const text = `the concurrency limit of function '${this.#record.name}' has been reached`;
    throw new ApiError(429, 'ResourceThrottled', text);
  }

  #start(job: Omit<Job, 'credentials'>, left?: AbortSignal): Promise<Outcome> | null {
    if (this.#record.deleted) return Promise.reject(functionNotFound(this.#record.name));
    try {
      const seat = this.#pool.take();
      return seat === null ? null : this.#serve(seat, job, left);
    } catch (error) {
      // The code of a new instance could not be unpacked.
      return Promise.reject(error);
    }
  }

  async #serve(seat: Seat, job: Omit<Job, 'credentials'>, left?: AbortSignal): Promise<Outcome> {
    const { instance, session } = seat;
    const { weather } = this.#world;
    try {
      if (weather.platform.fails())
        throw new ApiError(500, 'InternalServerError', 'an internal error has occurred, please retry');
      const credentials = session.credentials();
      const hungUp = () => {
        // The vendor's log says "Invocation canceled by client". What is under way takes effect, what follows does not.
        instance.end();
        if (credentials !== null) weather.kill(credentials.accessKeyId);
      };
      left?.addEventListener('abort', hungUp);
      const outcome = await instance.run({ ...job, credentials });
      left?.removeEventListener('abort', hungUp);
      if (credentials === null || !weather.isDead(credentials.accessKeyId)) return outcome;
      // Killed by the weather while it ran: whatever it went on to say, nobody heard.
      instance.end();
      return platformFailure('Process exited unexpectedly before completing request');
    } finally {
      this.#pool.give(seat);
    }
  }
}

function newInstance(parts: DeployedFunctionParts, spec: PresentSpec): Instance {
  const { record, world } = parts;
  const { revision } = record;
  return new Instance({
    ...parts,
    spec: { ...spec, environmentVariables: { ...spec.environmentVariables, ...parts.variables } },
    revision,
    accountId: record.accountId,
    codeFolder: parts.folderOf(record.name, revision.code),
    clock: world.clock,
  });
}
