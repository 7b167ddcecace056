import type { Api } from './api.ts';
import { CloudError } from './errors.ts';
import type { Failure } from './failure.ts';
import { hostOf } from './hosts.ts';

/**
 * Asks Lindorm to write the addresses of an instance that there is not, so that only its refusal is of interest: whether
 * it is about the right or about the instance. Null for none, which must not be.
 */
export async function refusalOfWrite(api: Api, region: string, instanceId: string): Promise<Failure | null> {
  try {
    await api.call({
      service: 'Lindorm',
      version: '2020-06-15',
      action: 'UpdateInstanceIpWhiteList',
      host: hostOf('hitsdb', region),
      parameters: { InstanceId: instanceId, SecurityIpList: '127.0.0.1' },
    });
    return null;
  } catch (error) {
    if (error instanceof CloudError) return error.failure;
    throw error;
  }
}
