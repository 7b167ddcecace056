import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import { readBlueprint } from '../../local/host/blueprint.ts';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { sdkApi } from '../conformance/deploy/sdk.ts';
import { type Api, deployAsTheTool, deployTriggers, removeAsTheTool } from '../conformance/deploy/tool.ts';

/**
 * Stands for Serverless Devs with the fc3 component, where that is not to be had: started as `s`, it makes the component's
 * calls in its order, prints the variables as it does, and writes them into a log below its home. STAND_IN says what goes
 * wrong: `exit OPERATION` ends it before such a call, `wait OPERATION` waits there, `skip OPERATION` leaves it out.
 */
async function main([command = '', ...words]: readonly string[]): Promise<void> {
  const option = (name: string) => words[words.indexOf(name) + 1] ?? '';
  const file = option('-t');
  console.log(`s ${[command, ...words].join(' ').replaceAll(/\S*dms-handshake-deploy-\w+/g, '<home>')}`);
  const read = (path: string) => readFileSync(resolve(dirname(file), path), 'utf8');
  const { functions } = readBlueprint(readFileSync(file, 'utf8'), process.env, read);
  const api = disturbed(sdkApi(...siteOf(option('-a'), functions)));
  if (command === 'remove') return remove(api, functions, words);
  for (const { functionName, environmentVariables } of functions)
    console.log(`${functionName}: ${JSON.stringify(environmentVariables)}`);
  if (words.includes('--trigger')) for (const spec of functions) await deployTriggers(api, spec);
  else
    for (const spec of functions)
      await deployAsTheTool(api, [{ uid: uidOf(option('-a')), spec, zip: zipOf(spec, dirname(file)) }]);
}

function remove(api: Api, functions: readonly FunctionSpec[], words: readonly string[]): Promise<void> {
  const names = functions.map(({ functionName }) => functionName);
  if (!words.includes('--trigger')) return removeAsTheTool(api, names);
  const triggers = (words[words.indexOf('--trigger') + 1] ?? '').split(',');
  const calls = names.flatMap((name) =>
    triggers.map((trigger) => api.call('DeleteTrigger', [name, trigger])),
  );
  return Promise.all(calls).then(() => undefined);
}

const keysOf = (alias: string): Readonly<Record<string, string>> => JSON.parse(process.env[alias] ?? '{}');
const uidOf = (alias: string): string => keysOf(alias)['AccountID'] ?? '';

function siteOf(alias: string, [first]: readonly FunctionSpec[]): Parameters<typeof sdkApi> {
  const { AccountID = '', AccessKeyID = '', AccessKeySecret = '' } = keysOf(alias);
  const endpoint = process.env['FC_CLIENT_CUSTOM_ENDPOINT'] ?? '';
  const owner = { uid: AccountID, endpoint, accessKeyId: AccessKeyID, accessKeySecret: AccessKeySecret };
  const oss = process.env['FC_CODE_TEMP_OSS_ENDPOINT'] ?? '';
  return [{ region: first?.region ?? '', owner, oss }, owner];
}

/** The code is a zip already, or a folder. */
function zipOf({ code }: FunctionSpec, root: string): Buffer {
  const path = resolve(root, code);
  if (path.endsWith('.zip')) return readFileSync(path);
  return Buffer.from(zipSync({ 'index.js': readFileSync(join(path, 'index.js')) }));
}

function disturbed(api: Api): Api {
  const [how = '', operation = ''] = (process.env['STAND_IN'] ?? '').split(' ');
  return {
    upload: (zip) => api.upload(zip),
    async call(name, names, body) {
      if (name !== operation) return api.call(name, names, body);
      if (how === 'skip') return {};
      if (how === 'exit') throw new Error(`ended before ${name} ${names.join('/')}`);
      console.log(`waiting before ${name}`);
      return new Promise(() => setInterval(() => undefined, 60_000));
    },
  };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 101;
});
