import type { AsyncInvokeConfig } from '../cloud/fc/async-config.ts';
import type { Trigger } from '../cloud/fc/trigger.ts';
import type { FunctionSpec } from '../host/function-spec.ts';

// What the props of `s.yaml` are in the words of the API.

/** The settings of a function: without what has requests of its own, and with its role as an ARN. */
export function settingsOf(spec: FunctionSpec, uid: string): object {
  const { region: _, functionName, code, triggers, asyncInvokeConfig, concurrencyConfig, ...settings } = spec;
  const { role } = settings;
  if (role === undefined || role.startsWith('acs:')) return settings;
  return { ...settings, role: `acs:ram::${uid}:role/${role.toLowerCase()}` };
}

export function asyncConfigOf({ asyncInvokeConfig }: FunctionSpec): object {
  const { destinationConfig, maxAsyncEventAgeInSeconds, maxAsyncRetryAttempts } = asyncInvokeConfig;
  const { onSuccess, onFailure } = destinationConfig;
  return {
    maxAsyncEventAgeInSeconds,
    maxAsyncRetryAttempts,
    destinationConfig: {
      ...(onSuccess === undefined ? {} : { onSuccess: destinationOf(onSuccess) }),
      ...(onFailure === undefined ? {} : { onFailure: destinationOf(onFailure) }),
    },
  };
}

type Destination = NonNullable<AsyncInvokeConfig['destinationConfig']['onSuccess']>;

const destinationOf = ({ destination }: Destination): object => ({ destination: destination.arn });

/** `triggerConfig` travels as JSON text. */
export const triggerOf = ({ triggerConfig, ...trigger }: Trigger): object => ({
  ...trigger,
  triggerConfig: JSON.stringify(triggerConfig),
});
