import type { Caller } from '../cloud/caller.ts';
import { ApiError } from '../cloud/error.ts';
import { isAllowed } from '../cloud/evaluate/index.ts';
import type { FunctionRecord } from '../cloud/fc/state.ts';
import type { World } from '../cloud/world.ts';

/** What is said, one time, of a function whose lines are lost. */
type Complain = (line: string) => void;

/** What it takes to write to a logstore. */
const ACTION = 'log:PostLogStoreLogs';

/**
 * Brings a line of a function to the logstore that its configuration names, under the function's role: without the right
 * `log:PostLogStoreLogs` it is lost, as it is at the vendor. Fields and topic are those of Function Compute.
 *
 * Belief logs-under-the-role (documented): lines of a function with a role are written under that role. Source:
 * "Configure the logging feature". Shown wrong by: by hand: take the right away, and see whether lines still arrive.
 *
 * A function without a role has its lines written under the service's own, which may. Source: "Service-linked role of
 * Function Compute".
 */
export class LogDelivery {
  readonly #world: World;
  readonly #complained = new WeakSet<FunctionRecord>();

  constructor(world: World) {
    this.#world = world;
  }

  deliver(record: FunctionRecord, message: string, callerOf: () => Caller | null, complain: Complain): void {
    const { logConfig } = record.revision.settings;
    const project = textOf(logConfig?.['project']);
    const logstore = textOf(logConfig?.['logstore']);
    if (project === '' || logstore === '') return;
    const account = this.#world.account(record.accountId);
    const resource = `acs:log:${this.#world.region}:${account.uid}:project/${project}/logstore/${logstore}`;
    if (this.#mayWrite(callerOf, resource)) {
      const fields = { message, functionName: record.name, qualifier: 'LATEST', versionId: '' };
      account.sls.add(project, logstore, {
        time: this.#world.clock.now(),
        topic: `FCLogs:${record.name}`,
        fields,
      });
    } else if (!this.#complained.has(record)) {
      this.#complained.add(record);
      complain(`[platform] lines are lost: the role of ${record.name} may not ${ACTION} on ${resource}`);
    }
  }

  /** A role that cannot be assumed has no rights; what the function itself hears of it is told elsewhere. */
  #mayWrite(callerOf: () => Caller | null, resource: string): boolean {
    try {
      const caller = callerOf();
      return caller === null || isAllowed(this.#world, caller, { action: ACTION, resource }).allowed;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
