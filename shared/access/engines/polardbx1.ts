import { type Entitlement, rpcProbe } from '../engine.ts';

/** PolarDB-X 1.0, formerly DRDS, RAM prefix `drds`. */
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
  probe: rpcProbe({
    product: 'Drds',
    version: '2019-01-23',
    action: 'DescribeDrdsInstances',
    host: 'drds.<region>.aliyuncs.com',
    ramAction: 'drds:DescribeDrdsInstances',
  }),
};
