import type { FunctionDescription } from '../cloud/function-port.ts';
import type { DeployedFunction } from './deployed-function.ts';
import type { TriggerSpec } from './trigger-spec.ts';

/**
 * A function as `GetFunction` and `ListTriggers` of API 2023-03-30 answer it (fields that the local cloud knows).
 * `deployedAt` is ISO 8601.
 */
export function describeFunction(fn: DeployedFunction, deployedAt: string): FunctionDescription {
  const { spec } = fn;
  const { initializer, preStop } = spec.instanceLifecycleConfig;
  return {
    functionName: spec.functionName,
    configuration: {
      functionName: spec.functionName,
      functionArn: fn.arn,
      runtime: spec.runtime,
      handler: spec.handler,
      role: fn.roleArn ?? '',
      cpu: spec.cpu,
      memorySize: spec.memorySize,
      diskSize: spec.diskSize,
      timeout: spec.timeout,
      instanceConcurrency: spec.instanceConcurrency,
      instanceLifecycleConfig: { initializer: initializer ?? null, preStop: preStop ?? null },
      environmentVariables: spec.environmentVariables,
      createdTime: deployedAt,
      lastModifiedTime: deployedAt,
      state: 'Active',
      lastUpdateStatus: 'Successful',
    },
    triggers: spec.triggers.map((trigger) => describeTrigger(trigger, deployedAt)),
  };
}

function describeTrigger(trigger: TriggerSpec, deployedAt: string): Record<string, unknown> {
  return {
    triggerName: trigger.triggerName,
    triggerType: trigger.triggerType,
    // The API carries the configuration as JSON text.
    triggerConfig: JSON.stringify(trigger.triggerConfig),
    qualifier: trigger.qualifier,
    invocationRole: trigger.invocationRole ?? '',
    sourceArn: trigger.sourceArn ?? '',
    createdTime: deployedAt,
    lastModifiedTime: deployedAt,
  };
}
