import type { AsyncInvokeConfig } from '../cloud/fc/async-config.ts';
import type { FunctionSettings } from '../cloud/fc/function-input.ts';

/** What an instance is told of its function: the settings of one revision. */
export interface InstanceSpec extends FunctionSettings {
  readonly functionName: string;
  readonly region: string;
}

/** A function as it is now. */
export interface PresentSpec extends InstanceSpec {
  readonly asyncInvokeConfig: AsyncInvokeConfig;
}
