/**
 * What DMS does in the account that owns an instance, per engine: the actions of the permission documents in the
 * vendor's procedure "Use DMS across Alibaba Cloud accounts" (page of 2025-11-14), all on `Resource: "*"`.
 * Written down here a second time and on purpose: an emulator that took them from the software under test could not
 * find a mistake in them.
 */
const DOCUMENTS = {
  Redis: [
    'kvstore:DescribeSecurityIps',
    'kvstore:ModifySecurityIps',
    'kvstore:DescribeRegions',
    'kvstore:DescribeInstances',
    'kvstore:DescribeInstanceAttribute',
    'kvstore:DescribeInstanceConfig',
  ],
  'PolarDB-X 1.0': [
    'drds:DescribeDrdsInstances',
    'drds:QueryInstanceInfoByConn',
    'drds:DescribeDrdsInstanceList',
    'drds:DescribeDrdsDBIpWhiteList',
    'drds:ModifyDrdsIpWhiteList',
    'drds:DescribeDrdsInstanceVersion',
  ],
  'PolarDB-X 2.0': [
    'polardbx:DescribeDBInstances',
    'polardbx:DescribeSecurityIps',
    'polardbx:ModifySecurityIps',
    'polardbx:DescribeDBInstanceAttribute',
    'polardbx:DescribeDBInstanceViaEndpoint',
  ],
  OceanBase: ['oceanbase:DescribeAllTenantsConnectionInfo', 'oceanbase:DescribeInstances'],
  Lindorm: [
    'lindorm:GetLindormInstanceList',
    'lindorm:GetLindormInstance',
    'lindorm:GetLindormInstanceListForDMS',
    'lindorm:GetLindormInstanceForDMS',
    'lindorm:GetLindormInstanceForDMSByConnStr',
    'lindorm:GetInstanceIpWhiteList',
    'lindorm:UpdateInstanceIpWhiteList',
  ],
  Hologres: ['hologram:GetInstance', 'hologram:ListInstances'],
  GDB: ['gdb:DescribeDbInstances'],
  SelectDB: [
    'selectdb:DescribeDBInstances',
    'selectdb:DescribeDBInstanceAttribute',
    'selectdb:DescribeDBInstanceNetInfo',
    'selectdb:DescribeSecurityIPList',
    'selectdb:ModifySecurityIPList',
  ],
  ClickHouse: [
    'clickhouse:DescribeDBClusters',
    'clickhouse:DescribeDBInstances',
    'clickhouse:DescribeDBInstanceAttribute',
    'clickhouse:DescribeEndpoints',
    'clickhouse:DescribeSecurityIPList',
    'clickhouse:ModifySecurityIPList',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type EngineDocument = keyof typeof DOCUMENTS;

/** The actions of an engine's document, in the order in which DMS performs them. */
export const actionsOf = (document: EngineDocument): readonly string[] => DOCUMENTS[document];

/** What DMS does besides to reach an instance over a VPC or a dedicated line. */
export const VPC_ACTIONS: readonly string[] = ['vpc:DescribeVpcs'];
