/**
 * The vendor's procedure, written down a second time so that the catalogue is compared with something that it was not
 * made from. Source: "Data Management: use DMS across Alibaba Cloud accounts", page of 2025-11-14.
 */
export const PROCEDURE = {
  redis: {
    product: 'Redis',
    actions: [
      'kvstore:DescribeSecurityIps',
      'kvstore:ModifySecurityIps',
      'kvstore:DescribeRegions',
      'kvstore:DescribeInstances',
      'kvstore:DescribeInstanceAttribute',
      'kvstore:DescribeInstanceConfig',
    ],
  },
  polardbx1: {
    product: 'PolarDB-X 1.0',
    actions: [
      'drds:DescribeDrdsInstances',
      'drds:QueryInstanceInfoByConn',
      'drds:DescribeDrdsInstanceList',
      'drds:DescribeDrdsDBIpWhiteList',
      'drds:ModifyDrdsIpWhiteList',
      'drds:DescribeDrdsInstanceVersion',
    ],
  },
  polardbx2: {
    product: 'PolarDB-X 2.0',
    actions: [
      'polardbx:DescribeDBInstances',
      'polardbx:DescribeSecurityIps',
      'polardbx:ModifySecurityIps',
      'polardbx:DescribeDBInstanceAttribute',
      'polardbx:DescribeDBInstanceViaEndpoint',
    ],
  },
  oceanbase: {
    product: 'OceanBase',
    actions: ['oceanbase:DescribeAllTenantsConnectionInfo', 'oceanbase:DescribeInstances'],
  },
  lindorm: {
    product: 'Lindorm',
    actions: [
      'lindorm:GetLindormInstanceList',
      'lindorm:GetLindormInstance',
      'lindorm:GetLindormInstanceListForDMS',
      'lindorm:GetLindormInstanceForDMS',
      'lindorm:GetLindormInstanceForDMSByConnStr',
      'lindorm:GetInstanceIpWhiteList',
      'lindorm:UpdateInstanceIpWhiteList',
    ],
  },
  hologres: {
    product: 'Hologres',
    actions: ['hologram:GetInstance', 'hologram:ListInstances'],
  },
  gdb: {
    product: 'GDB',
    actions: ['gdb:DescribeDbInstances'],
  },
  selectdb: {
    product: 'SelectDB',
    actions: [
      'selectdb:DescribeDBInstances',
      'selectdb:DescribeDBInstanceAttribute',
      'selectdb:DescribeDBInstanceNetInfo',
      'selectdb:DescribeSecurityIPList',
      'selectdb:ModifySecurityIPList',
    ],
  },
  clickhouse: {
    product: 'ClickHouse Enterprise Edition',
    actions: [
      'clickhouse:DescribeDBClusters',
      'clickhouse:DescribeDBInstances',
      'clickhouse:DescribeDBInstanceAttribute',
      'clickhouse:DescribeEndpoints',
      'clickhouse:DescribeSecurityIPList',
      'clickhouse:ModifySecurityIPList',
    ],
  },
  vpc: {
    product: 'VPC',
    actions: ['vpc:DescribeVpcs'],
  },
} as const;

/** Products that the procedure serves by the trust alone, with the id that a request names them by. */
export const NO_POLICY_NEEDED = {
  rds: 'RDS',
  'polardb-mysql': 'PolarDB for MySQL',
  'polardb-postgresql': 'PolarDB for PostgreSQL',
  'polardb-oracle': 'PolarDB for PostgreSQL (Compatible with Oracle)',
} as const;

/** The documented trust policy, for an account A. */
export const documentedTrust = (uid: string) => ({
  Statement: [
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: [`${uid}@dms.aliyuncs.com`] },
    },
  ],
  Version: '1',
});

/**
 * The one right of an engine that changes something, and on what the vendor authorises it for the instance `i-1` of
 * account 2000000000000002; null where for all instances or none. Source: the pages of the six APIs.
 */
export const MODIFYING: Readonly<Record<string, readonly [action: string, arn: string | null]>> = {
  clickhouse: [
    'clickhouse:ModifySecurityIPList',
    'acs:clickhouse:*:2000000000000002:enterprisedbcluster/i-1',
  ],
  lindorm: ['lindorm:UpdateInstanceIpWhiteList', 'acs:lindorm:*:2000000000000002:instance/i-1'],
  polardbx1: ['drds:ModifyDrdsIpWhiteList', 'acs:drds:*:2000000000000002:instance/i-1'],
  polardbx2: ['polardbx:ModifySecurityIps', null],
  redis: ['kvstore:ModifySecurityIps', 'acs:kvstore:*:2000000000000002:instance/i-1'],
  selectdb: ['selectdb:ModifySecurityIPList', null],
};
