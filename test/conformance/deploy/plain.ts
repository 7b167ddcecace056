import { fcOperations } from '../../../local/cloud/fc/index.ts';
import { DeployClient, type Keys } from '../../../local/deploy/client.ts';
import { endpointOf } from '../../../local/deploy/endpoint.ts';
import type { LocalCloud } from '../../../local/local-cloud.ts';
import type { Api, Body } from './tool.ts';

/** The same requests without a socket, so that hundreds of deployments take seconds. */
export const plainApi = ({ world, owner, ready }: LocalCloud, keys: Keys = ready.owner): Api =>
  apiOf(new DeployClient(endpointOf(world, owner), keys));

/** The operations by their names, through a client that knows methods and paths. */
export const apiOf = (client: DeployClient): Api => ({
  async call(operation, [fn = '', trigger = ''], body) {
    const found = fcOperations.find(({ name }) => name === operation);
    if (found === undefined) throw new Error(`there is no operation ${operation}`);
    const path = found.path.replace(':function', fn).replace(':trigger', trigger);
    const query = operation === 'ListAsyncInvokeConfigs' ? { functionName: fn } : {};
    return (await client.call(found.method, path, body, query)) as Body | null;
  },
  upload: (zip) => client.upload(zip),
});
