import * as z from 'zod';
import { bodyOf, checked, logStoreOf, nothing, onLogStore, type SlsOperation } from '../operation.ts';

const input = z.object({ meteringMode: z.enum(['ChargeByFunction', 'ChargeByDataIngest']) });

export const updateLogStoreMeteringMode: SlsOperation = {
  name: 'UpdateLogStoreMeteringMode',
  kind: 'write',
  method: 'PUT',
  path: '/logstores/:logstore/meteringmode',
  inProject: true,
  resource: onLogStore,
  run(call) {
    logStoreOf(call).meteringMode = checked(input, bodyOf(call)).meteringMode;
    return nothing(call);
  },
};
