import { type Entitlement, rpcProbe } from '../engine.ts';

/** Lindorm, RAM prefix `lindorm`; its API's product code is `hitsdb`. */
export const lindorm: Entitlement = {
  names: ['Lindorm', 'hitsdb'],
  actions: [
    'lindorm:GetLindormInstanceList',
    'lindorm:GetLindormInstance',
    'lindorm:GetLindormInstanceListForDMS',
    'lindorm:GetLindormInstanceForDMS',
    'lindorm:GetLindormInstanceForDMSByConnStr',
    'lindorm:GetInstanceIpWhiteList',
    'lindorm:UpdateInstanceIpWhiteList',
  ],
  probe: rpcProbe({
    product: 'hitsdb',
    version: '2020-06-15',
    action: 'GetLindormInstanceList',
    host: 'hitsdb.<region>.aliyuncs.com',
    ramAction: 'lindorm:GetLindormInstanceList',
  }),
};
