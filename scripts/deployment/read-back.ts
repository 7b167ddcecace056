import { isDeepStrictEqual } from 'node:util';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import type { Deployed, DeployedTrigger } from '../../shared/alicloud/fc-deployed.ts';

type TriggerSpec = FunctionSpec['triggers'][number];

/** What a deployment was meant to bring about: a function of `s.yaml`, and the checksum of its zip. */
export interface Wanted {
  readonly spec: FunctionSpec;
  /** CRC64-ECMA of the zip, decimal. */
  readonly checksum: string;
}

/** What is missing in a function or differs, one sentence each. `triggers`: whether they are there already. */
export const differences = (
  wanted: Wanted,
  deployed: Deployed | null,
  { triggers }: { readonly triggers: boolean },
): readonly string[] => [
  ...functionDifferences(wanted, deployed),
  ...(triggers && deployed !== null ? triggersDifferences(wanted, deployed) : []),
];

/** The same for all but its triggers. */
export const functionDifferences = (
  { spec, checksum }: Wanted,
  deployed: Deployed | null,
): readonly string[] =>
  deployed === null
    ? [`${spec.functionName} is not there`]
    : named(spec, [...configDifferences(spec, checksum, deployed), ...asyncDifferences(spec, deployed)]);

/** The same for its triggers. */
export const triggersDifferences = ({ spec }: Wanted, { triggers }: Deployed): readonly string[] =>
  named(
    spec,
    spec.triggers.flatMap((one) => triggerDifferences(one, triggers)),
  );

const named = ({ functionName }: FunctionSpec, found: readonly string[]): readonly string[] =>
  found.map((one) => `${functionName}: ${one}`);

/** Triggers that are not in the file, one sentence each. The tool leaves them, and they go on starting the function. */
export const unlistedTriggers = (spec: FunctionSpec, deployed: Deployed | null): readonly string[] =>
  (deployed?.triggers ?? [])
    .filter(({ triggerName }) => !spec.triggers.some((one) => one.triggerName === triggerName))
    .map(
      ({ triggerName, triggerType, sourceArn }) =>
        `${spec.functionName}: the trigger ${triggerName} (${triggerType}${sourceArn ? ` of ${sourceArn}` : ''}) is not in s.yaml and still starts the function: delete it in the console, or write it into s.yaml`,
    );

function configDifferences(spec: FunctionSpec, checksum: string, { config }: Deployed): readonly string[] {
  const { environmentVariables } = config;
  return [
    ...differ('code', checksum, config.codeChecksum),
    ...differ('runtime', spec.runtime, config.runtime),
    ...differ('handler', spec.handler, config.handler),
    ...differ('role', lower(spec.role), lower(config.role)),
    ...differ('description', spec.description ?? '', config.description ?? ''),
    ...differ('cpu', spec.cpu, config.cpu),
    ...differ('memorySize', spec.memorySize, config.memorySize),
    ...differ('diskSize', spec.diskSize, config.diskSize),
    ...differ('timeout', spec.timeout, config.timeout),
    ...differ('instanceConcurrency', spec.instanceConcurrency, config.instanceConcurrency ?? 1),
    ...differ('logConfig.project', spec.logConfig?.project ?? '', config.logConfig?.project ?? ''),
    ...differ('logConfig.logstore', spec.logConfig?.logstore ?? '', config.logConfig?.logstore ?? ''),
    ...variableDifferences(spec.environmentVariables, environmentVariables ?? {}),
  ];
}

/** Names only: among the values are the secrets of clients. */
function variableDifferences(
  wanted: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])]
    .filter((name) => wanted[name] !== found[name])
    .map((name) =>
      wanted[name] === undefined
        ? `the variable ${name} is set and is not in s.yaml`
        : `the variable ${name} ${found[name] === undefined ? 'is not set' : 'has another value'}`,
    );
}

function asyncDifferences(
  spec: FunctionSpec,
  { asyncConfig, reservedConcurrency }: Deployed,
): readonly string[] {
  const { maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds, destinationConfig } = spec.asyncInvokeConfig;
  const to = asyncConfig?.destinationConfig;
  const reserved = spec.concurrencyConfig?.reservedConcurrency ?? null;
  return [
    ...differ('reservedConcurrency', reserved, reservedConcurrency),
    ...(asyncConfig === null
      ? ['there is no asyncInvokeConfig']
      : [
          ...differ('maxAsyncRetryAttempts', maxAsyncRetryAttempts, asyncConfig.maxAsyncRetryAttempts),
          ...differ(
            'maxAsyncEventAgeInSeconds',
            maxAsyncEventAgeInSeconds,
            asyncConfig.maxAsyncEventAgeInSeconds,
          ),
          ...differ(
            'onSuccess',
            destinationConfig.onSuccess?.destination.arn ?? '',
            to?.onSuccess?.destination ?? '',
          ),
          ...differ(
            'onFailure',
            destinationConfig.onFailure?.destination.arn ?? '',
            to?.onFailure?.destination ?? '',
          ),
        ]),
  ];
}

function triggerDifferences(spec: TriggerSpec, found: readonly DeployedTrigger[]): readonly string[] {
  const trigger = found.find(({ triggerName }) => triggerName === spec.triggerName);
  const what = `the trigger ${spec.triggerName}`;
  if (trigger === undefined) return [`${what} is not there`];
  const config: unknown = JSON.parse(trigger.triggerConfig ?? '{}');
  const wrong = [
    ...differ('type', spec.triggerType, trigger.triggerType),
    ...differ('qualifier', spec.qualifier, trigger.qualifier ?? 'LATEST'),
    ...differ('sourceArn', spec.sourceArn ?? '', trigger.sourceArn ?? ''),
    ...differ('invocationRole', lower(spec.invocationRole), lower(trigger.invocationRole)),
    ...Object.entries(spec.triggerConfig).flatMap(([key, value]) =>
      differ(key, value, at(config, key) ?? empty(value)),
    ),
  ];
  // The tool says "no need update" of a trigger of a topic, whatever has changed.
  const way = spec.triggerType === 'mns_topic' ? '; delete the trigger and deploy again' : '';
  return wrong.map((one) => `${what}: ${one}${way}`);
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** What says nothing may be left out of an answer. */
const empty = (wanted: unknown): unknown => (wanted === '' || wanted === false ? wanted : undefined);

/** Function Compute and the tool write names of roles in lower case. */
const lower = (arn: string | null | undefined): string => (arn ?? '').toLowerCase();

const differ = (what: string, wanted: unknown, found: unknown): readonly string[] =>
  isDeepStrictEqual(wanted, found)
    ? []
    : [
        `${what} is ${found === undefined || found === null ? 'not set' : shown(found)}, not ${shown(wanted)}`,
      ];

const shown = (value: unknown): string => (value === null ? 'left out' : JSON.stringify(value).slice(0, 200));
