import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * Lindorm, RAM prefix `lindorm`; its API's product code is `hitsdb`.
 * Resource of the modifying right: "UpdateInstanceIpWhiteList", page of 2025-03-20. The page of 2025-10-27 leaves the
 * table out.
 *
 * Belief lindorm-instance (inferred): Lindorm still authorises UpdateInstanceIpWhiteList for single instances.
 * Source: page of 2025-03-20; that of 2025-10-27 has no table. Shown wrong by: doctor --live.
 */
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
  modifying: { action: 'lindorm:UpdateInstanceIpWhiteList', resource: 'acs:lindorm:*:<owner>:instance/<id>' },
  probe: rpcProbe({
    product: 'hitsdb',
    version: '2020-06-15',
    action: 'GetLindormInstanceList',
    ramAction: 'lindorm:GetLindormInstanceList',
  }),
};
