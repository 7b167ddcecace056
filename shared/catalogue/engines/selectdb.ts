import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * ApsaraDB for SelectDB, RAM prefix `selectdb`.
 * The modifying right is for all instances: "ModifySecurityIPList" 2023-05-22, "All Resource", page of 2025-12-26.
 */
export const selectdb: Entitlement = {
  names: ['SelectDB', 'ApsaraDB for SelectDB'],
  actions: [
    'selectdb:DescribeDBInstances',
    'selectdb:DescribeDBInstanceAttribute',
    'selectdb:DescribeDBInstanceNetInfo',
    'selectdb:DescribeSecurityIPList',
    'selectdb:ModifySecurityIPList',
  ],
  modifying: { action: 'selectdb:ModifySecurityIPList', resource: null },
  probe: rpcProbe({
    product: 'selectdb',
    version: '2023-05-22',
    action: 'DescribeDBInstances',
    ramAction: 'selectdb:DescribeDBInstances',
  }),
};
