import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * PolarDB-X 2.0, RAM prefix `polardbx`.
 * The modifying right is for all instances: "ModifySecurityIps" 2020-02-02, "All Resources", page of 2026-09-10.
 */
export const polardbx2: Entitlement = {
  names: ['PolarDB-X 2.0', 'PolarDB-X'],
  actions: [
    'polardbx:DescribeDBInstances',
    'polardbx:DescribeSecurityIps',
    'polardbx:ModifySecurityIps',
    'polardbx:DescribeDBInstanceAttribute',
    'polardbx:DescribeDBInstanceViaEndpoint',
  ],
  modifying: { action: 'polardbx:ModifySecurityIps', resource: null },
  probe: rpcProbe({
    product: 'polardbx',
    version: '2020-02-02',
    action: 'DescribeDBInstances',
    ramAction: 'polardbx:DescribeDBInstances',
  }),
};
