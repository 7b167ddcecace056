import * as z from 'zod';
import { ApiError } from '../error.ts';
import { type RpcOperation, rpcOperation } from '../operation.ts';
import { inDialect } from './dialects.ts';

/**
 * Writes the list of addresses that may reach an instance of Lindorm. It is authorised for the instance, and no account
 * of the local cloud owns one. The code of that is inferred.
 */
export const lindormWhitelist: RpcOperation = rpcOperation({
  service: 'hitsdb',
  version: '2020-06-15',
  name: 'UpdateInstanceIpWhiteList',
  kind: 'write',
  page: 'Lindorm, UpdateInstanceIpWhiteList',
  input: z.object({
    InstanceId: z.string().min(1),
    SecurityIpList: z.string().min(1),
    GroupName: z.string().optional(),
    Delete: z.stringbool().optional(),
  }),
  permission: ({ InstanceId }, { account, world }) => ({
    action: 'lindorm:UpdateInstanceIpWhiteList',
    resource: `acs:lindorm:${world.region}:${account.uid}:instance/${InstanceId}`,
  }),
  refused: (refusal, { world }) => inDialect('hitsdb', world.seed, refusal),
  run: ({ InstanceId }) => {
    throw new ApiError(404, 'Instance.NotFound', `There is no instance ${InstanceId}.`);
  },
});
