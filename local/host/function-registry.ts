import { ApiError } from '../cloud/error.ts';
import type { FunctionDescription } from '../cloud/function-port.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { describeFunction } from './describe.ts';
import type { TimerTrigger } from './trigger-spec.ts';

interface Entry {
  readonly fn: DeployedFunction;
  readonly description: FunctionDescription;
}

/** The functions of all accounts, by account and name. */
export class FunctionRegistry {
  readonly #entries = new Map<string, Entry>();

  /** `deployedAt` is ISO 8601. A function of the same name is replaced. */
  add(fn: DeployedFunction, deployedAt: string): void {
    const description = describeFunction(fn, deployedAt);
    this.#entries.set(`${fn.accountId}/${fn.spec.functionName}`, { fn, description });
  }

  /** Throws `ApiError` 404 `FunctionNotFound`. */
  find(accountId: string, functionName: string): DeployedFunction {
    const found = this.#entries.get(`${accountId}/${functionName}`);
    if (found !== undefined) return found.fn;
    throw new ApiError(404, 'FunctionNotFound', `function '${functionName}' does not exist`);
  }

  /** The functions of one account, sorted by name. */
  describe(accountId: string): readonly FunctionDescription[] {
    return [...this.#entries.values()]
      .filter(({ fn }) => fn.accountId === accountId)
      .map(({ description }) => description)
      .sort((a, b) => (a.functionName < b.functionName ? -1 : 1));
  }

  /** An enabled timer trigger; without `accountId` in the first account that has it. Throws an `Error` if there is none. */
  timer(
    functionName: string,
    triggerName: string,
    accountId?: string,
  ): { fn: DeployedFunction; trigger: TimerTrigger } {
    for (const { fn } of this.#entries.values()) {
      if (fn.spec.functionName !== functionName || (accountId ?? fn.accountId) !== fn.accountId) continue;
      const trigger = fn.spec.triggers.find((t) => t.triggerName === triggerName);
      if (trigger?.triggerType === 'timer' && trigger.triggerConfig.enable) return { fn, trigger };
    }
    throw new Error(`${functionName} has no enabled timer trigger ${triggerName}`);
  }
}
