import { fcOperations } from '../../../local/cloud/fc/index.ts';
import { DeployClient } from '../../../local/deploy/client.ts';
import type { LocalCloud } from '../../../local/local-cloud.ts';
import type { Api, Body } from './tool.ts';

/** The same requests without a socket, so that hundreds of deployments take seconds. */
export function plainApi({ world, owner, ready }: LocalCloud): Api {
  const client = new DeployClient(world, owner, ready.owner);
  return {
    async call(operation, [fn = '', trigger = ''], body) {
      const found = fcOperations.find(({ name }) => name === operation);
      if (found === undefined) throw new Error(`there is no operation ${operation}`);
      const path = found.path.replace(':function', fn).replace(':trigger', trigger);
      return (await client.call(found.method, path, body)) as Body | null;
    },
    upload: (zip) => client.upload(zip),
  };
}
