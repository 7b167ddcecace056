import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import { DeployClient } from '../../local/deploy/client.ts';
import { readBlueprint } from '../../local/host/blueprint.ts';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { apiOf } from '../conformance/deploy/plain.ts';
import { type Api, deployAsTheTool, deployTriggers, removeAsTheTool } from '../conformance/deploy/tool.ts';
import { httpEndpoint } from './http-endpoint.ts';

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
  if (command === 'preview') return;
  const keys: AliasKeys = JSON.parse(process.env[option('-a')] ?? '{}');
  const api = disturbed(apiOf(clientOf(keys, functions[0]?.region ?? '')));
  if (command === 'remove') {
    const names = functions.map(({ functionName }) => functionName);
    const triggers = words.includes('--trigger') ? option('--trigger').split(',') : undefined;
    return removeAsTheTool(api, names, triggers);
  }
  for (const { functionName, environmentVariables } of functions)
    console.log(`${functionName}: ${JSON.stringify(environmentVariables)}`);
  if (words.includes('--trigger')) for (const spec of functions) await deployTriggers(api, spec);
  else
    for (const spec of functions)
      await deployAsTheTool(api, [{ uid: keys.AccountID, spec, zip: zipOf(spec, dirname(file)) }]);
}

/** An alias as the tool finds it in its environment. */
interface AliasKeys {
  readonly AccountID: string;
  readonly AccessKeyID: string;
  readonly AccessKeySecret: string;
  readonly SecurityToken?: string;
}

function clientOf({ AccountID, AccessKeyID, AccessKeySecret, SecurityToken }: AliasKeys, region: string) {
  const endpoint = process.env['FC_CLIENT_CUSTOM_ENDPOINT'] ?? '';
  const oss = process.env['FC_CODE_TEMP_OSS_ENDPOINT'] ?? '';
  const keys = { accessKeyId: AccessKeyID, accessKeySecret: AccessKeySecret };
  return new DeployClient(httpEndpoint({ uid: AccountID, region, endpoint, oss }), {
    ...keys,
    ...(SecurityToken === undefined ? {} : { securityToken: SecurityToken }),
  });
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
