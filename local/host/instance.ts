import { join } from 'node:path';
import type { Clock } from '../../shared/runtime/clock.ts';
import type { Revision } from '../cloud/fc/state.ts';
import type { SessionCredentials } from '../cloud/sts/session.ts';
import { failure, type Outcome, platformFailure } from './answer.ts';
import { evaluateBundle, type Globals, type OwnGlobals } from './bundle.ts';
import { invocationContext } from './context.ts';
import { callExport, moduleOf } from './handler.ts';
import type { InstanceSpec } from './instance-spec.ts';
import { LineWriter } from './line-writer.ts';
import { processFacade } from './process-facade.ts';
import { runtimeConsole } from './runtime-console.ts';

/** What all instances of a function have in common. */
interface InstanceParts {
  readonly spec: InstanceSpec;
  /** What it was made from. */
  readonly revision: Revision;
  readonly accountId: string;
  /** Folder that holds the bundle. */
  readonly codeFolder: string;
  readonly clock: Clock;
  /** The clock that timeouts are measured on. */
  readonly deadlines: Clock;
  /** Names that bundles see instead of the host's globals. */
  readonly globals: Globals;
  readonly onLine: (requestId: string, line: string) => void;
}

/** One invocation as an instance gets it. */
export interface Job {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly retryCount: number;
  readonly credentials: SessionCredentials | null;
}

/**
 * One instance of a function: its own module state, `process` and output. It serves one invocation at a time.
 * Handlers are promise style, `async (event: Buffer, context)`; the callback style is not supported.
 * Instances share the host's process: what a function leaves running after its answer is not frozen, a loop that never
 * yields cannot be timed out, and a rejection that nobody handles reaches the host.
 */
export class Instance {
  readonly #parts: InstanceParts;
  readonly #stdout: LineWriter;
  readonly #stderr: LineWriter;
  readonly #logger: object;
  readonly #globals: OwnGlobals;
  readonly #file: string;
  readonly #over: Promise<null>;
  #end: () => void = () => {};
  #exports: unknown = null;
  #requestId = '';
  #started = false;
  #alive = true;

  constructor(parts: InstanceParts) {
    this.#parts = parts;
    this.#file = join(parts.codeFolder, `${moduleOf(parts.spec.handler)}.js`);
    this.#over = new Promise((resolve) => {
      this.#end = () => resolve(null);
    });
    const onLine = (line: string): void => parts.onLine(this.#requestId, line);
    this.#stdout = new LineWriter(onLine);
    this.#stderr = new LineWriter(onLine);
    const stamp = { now: () => parts.clock.now(), requestId: () => this.#requestId };
    const console = runtimeConsole(this.#stdout, this.#stderr, stamp);
    this.#logger = console;
    this.#globals = { process: this.#process(), console, ...parts.globals };
  }

  get revision(): Revision {
    return this.#parts.revision;
  }

  /** False after an exit, a timeout or a failed start: the instance must not be used again. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Ends the instance as its own exit would: what it runs is over, and it must not be used again. */
  end(): void {
    this.#alive = false;
    this.#end();
  }

  /** Runs one invocation; a cold instance loads its code and runs the initializer first. Never throws for the function. */
  async run(job: Job): Promise<Outcome> {
    this.#requestId = job.requestId;
    const { spec } = this.#parts;
    try {
      const start = this.#started ? null : await this.#start(job);
      if (start !== null) return start;
      return await this.#call(spec.handler, [job.payload, this.#context(job)], spec.timeout, 'Function');
    } finally {
      this.#stdout.flush();
      this.#stderr.flush();
    }
  }

  async #start(job: Job): Promise<Outcome | null> {
    const { spec, revision } = this.#parts;
    try {
      this.#exports = evaluateBundle(this.#file, revision.code.digest, this.#globals);
    } catch (error) {
      this.#alive = false;
      return failure(error);
    }
    const { initializer } = spec.instanceLifecycleConfig;
    if (initializer !== undefined) {
      const hook = [this.#context(job)];
      const outcome = await this.#call(initializer.handler, hook, initializer.timeout, 'Initializer');
      if (outcome.errorType !== null) {
        this.#alive = false;
        return outcome;
      }
    }
    this.#started = true;
    return null;
  }

  /** Calls one exported function within `seconds`. */
  async #call(handler: string, input: unknown[], seconds: number, what: string): Promise<Outcome> {
    const done = new AbortController();
    const deadline = this.#parts.deadlines.sleep(seconds * 1000, done.signal).then(() => null);
    const answer = callExport(this.#exports, handler, input);
    const first = await Promise.race([this.#over, answer, deadline]);
    done.abort();
    if (!this.#alive) return platformFailure('Process exited unexpectedly before completing request');
    if (first !== null) return first;
    this.#alive = false;
    return platformFailure(`${what} timed out after ${seconds} seconds`);
  }

  #context(job: Job): object {
    const { spec, accountId } = this.#parts;
    return invocationContext({ spec, accountId, ...job, logger: this.#logger });
  }

  #process(): object {
    const { spec, accountId, codeFolder } = this.#parts;
    const env = {
      ...spec.environmentVariables,
      FC_ACCOUNT_ID: accountId,
      FC_FUNC_CODE_PATH: codeFolder,
      FC_FUNCTION_HANDLER: spec.handler,
      FC_FUNCTION_MEMORY_SIZE: String(spec.memorySize),
      FC_FUNCTION_NAME: spec.functionName,
      FC_REGION: spec.region,
    };
    const [stdout, stderr, file] = [this.#stdout, this.#stderr, this.#file];
    return processFacade({ env, stdout, stderr, file, onExit: () => this.end() });
  }
}
