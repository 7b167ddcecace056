import { type Entitlement, rpcProbe } from '../engine.ts';

/** Tair and Redis (ApsaraDB for Redis), RAM prefix `kvstore`. */
export const redis: Entitlement = {
  names: ['Redis', 'Tair', 'ApsaraDB for Redis', 'kvstore'],
  actions: [
    'kvstore:DescribeSecurityIps',
    'kvstore:ModifySecurityIps',
    'kvstore:DescribeRegions',
    'kvstore:DescribeInstances',
    'kvstore:DescribeInstanceAttribute',
    'kvstore:DescribeInstanceConfig',
  ],
  probe: rpcProbe({
    product: 'R-kvstore',
    version: '2015-01-01',
    action: 'DescribeInstances',
    host: 'r-kvstore.<region>.aliyuncs.com',
    ramAction: 'kvstore:DescribeInstances',
  }),
};
