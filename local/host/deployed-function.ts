import type { Clock } from '../../shared/runtime/clock.ts';
import { ApiError } from '../cloud/error.ts';
import type { World } from '../cloud/world.ts';
import { type Outcome, platformFailure } from './answer.ts';
import { AsyncQueue, type Attempt, type QueuedEvent, type Verdict } from './async-queue.ts';
import type { Globals } from './bundle.ts';
import type { FunctionSpec } from './function-spec.ts';
import { Instance, type Job } from './instance.ts';
import { InstancePool } from './instance-pool.ts';
import { RoleSession } from './role-session.ts';

/** Instances that a function without `reservedConcurrency` may have: the vendor's default for an account and region. */
const INSTANCES = 100;

interface DeployedFunctionParts {
  readonly world: World;
  readonly accountId: string;
  readonly spec: FunctionSpec;
  readonly roleArn: string | null;
  readonly codeFolder: string;
  readonly deadlines: Clock;
  readonly globals: Globals;
  readonly onLine: (requestId: string, line: string) => void;
  readonly onFinish: (source: DeployedFunction, event: QueuedEvent, verdict: Verdict) => Promise<void>;
}

/** A function in an account: its instances, its queue of asynchronous events, and the session that it runs under. */
export class DeployedFunction {
  readonly accountId: string;
  readonly spec: FunctionSpec;
  readonly roleArn: string | null;
  readonly arn: string;
  readonly session: RoleSession;
  readonly queue: AsyncQueue;
  readonly #pool: InstancePool<Instance>;
  readonly #weather: World['weather'];

  constructor(parts: DeployedFunctionParts) {
    const { world, spec, accountId } = parts;
    this.#weather = world.weather;
    this.spec = spec;
    this.accountId = accountId;
    this.roleArn = parts.roleArn;
    this.arn = `acs:fc:${spec.region}:${accountId}:functions/${spec.functionName}`;
    this.session = new RoleSession(world, parts.roleArn, spec.functionName);
    const { asyncInvokeConfig, concurrencyConfig } = spec;
    const limit = concurrencyConfig?.reservedConcurrency ?? INSTANCES;
    this.#pool = new InstancePool(limit, () => new Instance({ ...parts, clock: world.clock }));
    this.queue = new AsyncQueue({
      clock: world.clock,
      maxRetryAttempts: asyncInvokeConfig.maxAsyncRetryAttempts,
      maxEventAgeMs: asyncInvokeConfig.maxAsyncEventAgeInSeconds * 1000,
      start: ({ requestId, payload }, retryCount) => {
        const running = this.#start({ requestId, payload, retryCount });
        return running === null ? null : attempt(running);
      },
      finish: (event, verdict) => parts.onFinish(this, event, verdict),
    });
  }

  /**
   * Runs a synchronous invocation. Throws `ApiError` 429 `ResourceThrottled` when all instances are busy and no
   * further one may be made, 403 `AccessDenied` when the function's role cannot be assumed.
   */
  run(requestId: string, payload: Buffer): Promise<Outcome> {
    const running = this.#start({ requestId, payload, retryCount: 0 });
    if (running !== null) return running;
    const text = `the concurrency limit of function '${this.spec.functionName}' has been reached`;
    throw new ApiError(429, 'ResourceThrottled', text);
  }

  #start(job: Omit<Job, 'credentials'>): Promise<Outcome> | null {
    const instance = this.#pool.take();
    return instance === null ? null : this.#serve(instance, job);
  }

  async #serve(instance: Instance, job: Omit<Job, 'credentials'>): Promise<Outcome> {
    try {
      const credentials = this.session.credentials();
      const outcome = await instance.run({ ...job, credentials });
      if (credentials === null || !this.#weather.isDead(credentials.accessKeyId)) return outcome;
      // Killed by the weather while it ran: whatever it went on to say, nobody heard.
      instance.end();
      return platformFailure('Process exited unexpectedly before completing request');
    } finally {
      this.#pool.give(instance);
      this.queue.pump();
    }
  }
}

/** An attempt that the platform itself could not make carries the platform's status and code. */
async function attempt(running: Promise<Outcome>): Promise<Attempt> {
  try {
    return { ...(await running), statusCode: 200 };
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, 'InternalServerError', String(error));
    const body = Buffer.from(JSON.stringify({ errorMessage: known.message }), 'utf8');
    return { body, errorType: known.code, statusCode: known.status };
  }
}
