import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * Tair and Redis (ApsaraDB for Redis), RAM prefix `kvstore`.
 * Resource of the modifying right: "RAM authorization", Tair (Redis OSS-Compatible).
 */
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
  modifying: { action: 'kvstore:ModifySecurityIps', resource: 'acs:kvstore:*:<owner>:instance/<id>' },
  probe: rpcProbe({
    product: 'R-kvstore',
    version: '2015-01-01',
    action: 'DescribeInstances',
    ramAction: 'kvstore:DescribeInstances',
  }),
};
