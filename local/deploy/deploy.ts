import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc64 } from '../cloud/fc/checksum.ts';
import type { Account, World } from '../cloud/world.ts';
import type { Blueprint } from '../host/blueprint.ts';
import type { FunctionSpec } from '../host/function-spec.ts';
import { moduleOf } from '../host/handler.ts';
import { functionSchema } from './answers.ts';
import { DeployClient, type Keys } from './client.ts';
import { endpointOf } from './endpoint.ts';
import { packageOf } from './package.ts';
import { asyncConfigOf, settingsOf, triggerOf } from './requests.ts';

/** What `deploy` did. */
export interface Deployment {
  readonly functions: readonly string[];
}

export interface DeployOptions {
  /** Folder that the `code` paths are relative to: the one that holds `s.yaml`. */
  readonly root: string;
  /** Whose rights the deployment has. */
  readonly keys: Keys;
}

/**
 * Deploys what an `s.yaml` describes, through the API that every client uses. Every function is made or changed with its
 * asynchronous configuration and its limit first, and the triggers follow, so that no function hears anything before what
 * it needs is there.
 * Throws an `Error` for a bundle that is not built, another region, another account's role, and `DeployError`.
 */
export async function deploy(
  world: World,
  account: Account,
  { functions }: Blueprint,
  { root, keys }: DeployOptions,
): Promise<Deployment> {
  const client = new DeployClient(endpointOf(world, account), keys);
  for (const spec of functions) {
    if (spec.region !== world.region)
      throw new Error(`${spec.functionName}: region ${spec.region}, but the local cloud is ${world.region}`);
    await deployFunction(client, account, spec, packageOf(codeFolderOf(spec, root)));
  }
  for (const spec of functions) await deployTriggers(client, spec);
  return { functions: functions.map((f) => f.functionName) };
}

async function deployFunction(
  client: DeployClient,
  account: Account,
  spec: FunctionSpec,
  zip: Buffer,
): Promise<void> {
  const { functionName, concurrencyConfig } = spec;
  const path = `/functions/${functionName}`;
  const settings = settingsOf(spec, account.uid);
  const present = await client.call('GET', path);
  if (present === null) {
    await client.call('POST', '/functions', { functionName, ...settings, code: await client.upload(zip) });
  } else {
    const isSame = functionSchema.parse(present).codeChecksum === (await crc64(zip));
    await client.call('PUT', path, isSame ? settings : { ...settings, code: await client.upload(zip) });
  }
  await client.call('PUT', `${path}/async-invoke-config`, asyncConfigOf(spec));
  await (concurrencyConfig === undefined
    ? client.call('DELETE', `${path}/concurrency`)
    : client.call('PUT', `${path}/concurrency`, concurrencyConfig));
}

/** A trigger that is there is made anew: one of a topic cannot be changed. */
async function deployTriggers(client: DeployClient, { functionName, triggers }: FunctionSpec): Promise<void> {
  const path = `/functions/${functionName}/triggers`;
  for (const trigger of triggers) {
    await client.call('DELETE', `${path}/${trigger.triggerName}`);
    await client.call('POST', path, triggerOf(trigger));
  }
}

/** Absolute folder of a function's code. Throws if the module that its handler names is not there. */
function codeFolderOf(spec: FunctionSpec, root: string): string {
  const folder = resolve(root, spec.code);
  const file = join(folder, `${moduleOf(spec.handler)}.js`);
  if (!existsSync(file))
    throw new Error(`${spec.functionName}: ${file} does not exist; build the functions first`);
  return folder;
}
