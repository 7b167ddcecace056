import { type Entitlement, rpcProbe } from '../engine.ts';

/** ApsaraDB for SelectDB, RAM prefix `selectdb`. */
export const selectdb: Entitlement = {
  names: ['SelectDB', 'ApsaraDB for SelectDB'],
  actions: [
    'selectdb:DescribeDBInstances',
    'selectdb:DescribeDBInstanceAttribute',
    'selectdb:DescribeDBInstanceNetInfo',
    'selectdb:DescribeSecurityIPList',
    'selectdb:ModifySecurityIPList',
  ],
  probe: rpcProbe({
    product: 'selectdb',
    version: '2023-05-22',
    action: 'DescribeDBInstances',
    host: 'selectdb.<region>.aliyuncs.com',
    ramAction: 'selectdb:DescribeDBInstances',
  }),
};
