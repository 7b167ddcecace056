import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * PolarDB-X 1.0, formerly DRDS, RAM prefix `drds`.
 * Resource of the modifying right: "ModifyDrdsIpWhiteList", page of 2026-07-10.
 */
export const polardbx1: Entitlement = {
  names: ['PolarDB-X 1.0', 'DRDS'],
  actions: [
    'drds:DescribeDrdsInstances',
    'drds:QueryInstanceInfoByConn',
    'drds:DescribeDrdsInstanceList',
    'drds:DescribeDrdsDBIpWhiteList',
    'drds:ModifyDrdsIpWhiteList',
    'drds:DescribeDrdsInstanceVersion',
  ],
  modifying: { action: 'drds:ModifyDrdsIpWhiteList', resource: 'acs:drds:*:<owner>:instance/<id>' },
  probe: rpcProbe({
    product: 'Drds',
    version: '2019-01-23',
    action: 'DescribeDrdsInstances',
    ramAction: 'drds:DescribeDrdsInstances',
  }),
};
