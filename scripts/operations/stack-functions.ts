import type { FunctionSpec } from '../../local/host/function-spec.ts';

/** A resource of a template of Resource Orchestration Service. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

/** A function with its limit of writers, destinations and triggers. */
export function functionResources(spec: FunctionSpec): Readonly<Record<string, Resource>> {
  const name = spec.functionName;
  const short = name.replace('dms-handshake-', '');
  const own = logical('Function', name);
  const concurrency = logical('Concurrency', name);
  const asynchronous = logical('Asynchronous', name);
  const of = { FunctionName: name };
  const { destinationConfig, maxAsyncEventAgeInSeconds, maxAsyncRetryAttempts } = spec.asyncInvokeConfig;
  const { onSuccess, onFailure } = destinationConfig;
  const to = (one: typeof onSuccess) => ({ Destination: one?.destination.arn ?? '' });
  return {
    [own]: {
      Type: 'ALIYUN::FC3::Function',
      DependsOn: [logical('Role', name)],
      Properties: {
        ...of,
        Runtime: spec.runtime,
        Handler: spec.handler,
        Role: spec.role ?? '',
        Cpu: spec.cpu,
        MemorySize: spec.memorySize,
        DiskSize: spec.diskSize,
        Timeout: spec.timeout,
        InstanceConcurrency: spec.instanceConcurrency,
        EnvironmentVariables: spec.environmentVariables,
        Code: {
          OssBucketName: { Ref: 'CodeBucket' },
          OssObjectName: { 'Fn::Sub': `${variable('CodePrefix')}/${short}.zip` },
        },
      },
    },
    ...(spec.concurrencyConfig === undefined
      ? {}
      : {
          [concurrency]: {
            Type: 'ALIYUN::FC3::ConcurrencyConfig',
            DependsOn: [own],
            Properties: { ...of, ReservedConcurrency: spec.concurrencyConfig.reservedConcurrency },
          },
        }),
    [asynchronous]: {
      Type: 'ALIYUN::FC3::AsyncInvokeConfig',
      DependsOn: [
        own,
        ...(onSuccess?.destination.type === 'function' ? [logical('Function', 'verify')] : []),
        ...(onFailure?.destination.type === 'queue' ? ['DeadLetters'] : []),
      ],
      Properties: {
        ...of,
        MaxAsyncRetryAttempts: maxAsyncRetryAttempts,
        MaxAsyncEventAgeInSeconds: maxAsyncEventAgeInSeconds,
        ...(onSuccess === undefined && onFailure === undefined
          ? {}
          : {
              DestinationConfig: {
                ...(onSuccess === undefined ? {} : { OnSuccess: to(onSuccess) }),
                ...(onFailure === undefined ? {} : { OnFailure: to(onFailure) }),
              },
            }),
      },
    },
    ...Object.fromEntries(
      spec.triggers.map((trigger) => [
        logical('Trigger', `${short}-${trigger.triggerName}`),
        {
          Type: 'ALIYUN::FC3::Trigger',
          // Nothing is heard before there is a limit, and a place for what comes of it.
          DependsOn: [
            own,
            asynchronous,
            ...(spec.concurrencyConfig === undefined ? [] : [concurrency]),
            ...(trigger.triggerType === 'mns_topic'
              ? ['RequestTopic', logical('Role', 'dms-handshake-trigger')]
              : []),
          ],
          Properties: {
            ...of,
            TriggerName: trigger.triggerName,
            TriggerType: trigger.triggerType,
            TriggerConfig: trigger.triggerConfig,
            Qualifier: trigger.qualifier,
            ...(trigger.sourceArn === undefined ? {} : { SourceArn: trigger.sourceArn }),
            ...(trigger.invocationRole === undefined ? {} : { InvocationRole: trigger.invocationRole }),
          },
        },
      ]),
    ),
  };
}

/** `dms-handshake-intake` of a kind `Role` is `RoleIntake`: names of resources have letters and digits only. */
export const logical = (kind: string, name: string): string =>
  kind +
  name
    .replace('dms-handshake-', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** As `Fn::Sub` refers to a parameter. */
export const variable = (name: string): string => `$\{${name}}`;
