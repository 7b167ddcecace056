import { isDeepStrictEqual } from 'node:util';
import { crc64 } from '../../../local/cloud/fc/checksum.ts';
import { asyncConfigOf, settingsOf, triggerOf } from '../../../local/deploy/requests.ts';
import type { FunctionSpec } from '../../../local/host/function-spec.ts';

export type Body = Readonly<Record<string, unknown>>;

/** The operations that a deployment and its removal are made of. */
export type Operation =
  | 'GetFunction'
  | 'CreateFunction'
  | 'UpdateFunction'
  | 'DeleteFunction'
  | 'GetTrigger'
  | 'CreateTrigger'
  | 'UpdateTrigger'
  | 'DeleteTrigger'
  | 'ListTriggers'
  | 'GetAsyncInvokeConfig'
  | 'PutAsyncInvokeConfig'
  | 'DeleteAsyncInvokeConfig'
  | 'ListAsyncInvokeConfigs'
  | 'GetConcurrencyConfig'
  | 'PutConcurrencyConfig'
  | 'DeleteConcurrencyConfig';

/** Function Compute, through whichever client. */
export interface Api {
  /** `names`: function, trigger. Resolves with the body, null for 404; rejects for everything else. */
  call(operation: Operation, names: readonly string[], body?: Body): Promise<Body | null>;
  upload(zip: Buffer): Promise<{ readonly ossBucketName: string; readonly ossObjectName: string }>;
}

/** A function of `s.yaml` and its package. */
export interface Wanted {
  readonly uid: string;
  readonly spec: FunctionSpec;
  readonly zip: Buffer;
}

/**
 * Deploys in the order of the official component (recorded from fc3 of 2026-05): one function after the other, each with
 * its triggers first and then its asynchronous configuration and its limit. Other than the component, which sends what it
 * has whenever nothing stands against it, this sends only what differs.
 */
export async function deployAsTheTool(api: Api, wanted: readonly Wanted[]): Promise<void> {
  for (const one of wanted) {
    await deployFunction(api, one);
    await deployTriggers(api, one.spec);
    await deployConfigs(api, one.spec);
  }
}

/** What the component writes where the file names no log: seen from fc3 of 2026-05 on 2026-11-29. */
const NO_LOG = {
  enableInstanceMetrics: false,
  enableRequestMetrics: false,
  logBeginRule: 'None',
  logstore: '',
  project: '',
};

async function deployFunction(api: Api, { uid, spec, zip }: Wanted): Promise<void> {
  const { functionName } = spec;
  const settings = { ...settingsOf(spec, uid), ...(spec.logConfig ? {} : { logConfig: NO_LOG }) };
  const present = await api.call('GetFunction', [functionName]);
  if (present === null) {
    const code = await api.upload(zip);
    await api.call('CreateFunction', [], { functionName, ...settings, code });
    return;
  }
  const code = present['codeChecksum'] === (await crc64(zip)) ? {} : { code: await api.upload(zip) };
  const isSame = Object.entries(settings).every(
    ([name, value]) => isEmpty(value) || isDeepStrictEqual(present[name], value),
  );
  if (!isSame || 'code' in code) await api.call('UpdateFunction', [functionName], { ...settings, ...code });
}

export async function deployTriggers(api: Api, { functionName, triggers }: FunctionSpec): Promise<void> {
  for (const trigger of triggers) {
    const { triggerName, triggerType } = trigger;
    const present = await api.call('GetTrigger', [functionName, triggerName]);
    const body = { ...triggerOf(trigger) };
    if (present === null) await api.call('CreateTrigger', [functionName], body);
    else if (
      triggerType !== 'mns_topic' &&
      present['triggerConfig'] !== JSON.stringify(trigger.triggerConfig)
    )
      await api.call('UpdateTrigger', [functionName, triggerName], body);
  }
}

async function deployConfigs(api: Api, spec: FunctionSpec): Promise<void> {
  const { functionName, concurrencyConfig } = spec;
  const wanted = { ...asyncConfigOf(spec) };
  const present = await api.call('GetAsyncInvokeConfig', [functionName]);
  const isSame = Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(present?.[name], value));
  if (!isSame) await api.call('PutAsyncInvokeConfig', [functionName], wanted);
  const limit = await api.call('GetConcurrencyConfig', [functionName]);
  if (concurrencyConfig !== undefined) {
    if (limit?.['reservedConcurrency'] !== concurrencyConfig.reservedConcurrency)
      await api.call('PutConcurrencyConfig', [functionName], concurrencyConfig);
  } else if (limit !== null) await api.call('DeleteConcurrencyConfig', [functionName]);
}

/**
 * Removes as the official component does: it looks at everything first, goes on where a look is refused, and takes away
 * what it has seen. `triggers`: nothing but the triggers of these names.
 */
export async function removeAsTheTool(
  api: Api,
  names: readonly string[],
  triggers?: readonly string[],
): Promise<void> {
  const look = (operation: Operation, name: string) => api.call(operation, [name]).catch(() => null);
  for (const name of names) {
    if (triggers === undefined && (await api.call('GetFunction', [name])) === null) continue;
    const limit = triggers === undefined ? await look('GetConcurrencyConfig', name) : null;
    const found = triggerNames(await look('ListTriggers', name));
    const configs = triggers === undefined ? await look('ListAsyncInvokeConfigs', name) : null;
    if (list(configs?.['configs']).length > 0) await api.call('DeleteAsyncInvokeConfig', [name]);
    for (const trigger of found)
      if (triggers?.includes(trigger) !== false) await api.call('DeleteTrigger', [name, trigger]);
    if (triggers !== undefined) continue;
    if (limit !== null) await api.call('DeleteConcurrencyConfig', [name]);
    await api.call('DeleteFunction', [name]);
  }
}

const triggerNames = (listed: Body | null): readonly string[] =>
  list(listed?.['triggers']).map(({ triggerName }) => String(triggerName));

const list = (value: unknown): readonly Body[] => (Array.isArray(value) ? value : []);

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
