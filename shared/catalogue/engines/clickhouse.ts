import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * ApsaraDB for ClickHouse, Enterprise Edition, RAM prefix `clickhouse`.
 * The probe is the older `DescribeDBClusters`, which the document grants too: SelectDB has an API of the same name
 * and version as `DescribeDBInstances`, so only this one cannot be taken for another (docs/decisions/0004).
 * Resource of the modifying right: "ModifySecurityIPList" 2023-05-22, resource type `EnterpriseDBCluster`.
 */
export const clickhouse: Entitlement = {
  names: ['ClickHouse Enterprise Edition', 'ClickHouse', 'ApsaraDB for ClickHouse'],
  actions: [
    'clickhouse:DescribeDBClusters',
    'clickhouse:DescribeDBInstances',
    'clickhouse:DescribeDBInstanceAttribute',
    'clickhouse:DescribeEndpoints',
    'clickhouse:DescribeSecurityIPList',
    'clickhouse:ModifySecurityIPList',
  ],
  modifying: {
    action: 'clickhouse:ModifySecurityIPList',
    resource: 'acs:clickhouse:*:<owner>:enterprisedbcluster/<id>',
  },
  probe: rpcProbe({
    product: 'clickhouse',
    version: '2019-11-11',
    action: 'DescribeDBClusters',
    ramAction: 'clickhouse:DescribeDBClusters',
  }),
};
