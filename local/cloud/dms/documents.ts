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

/**
 * Actions that the vendor authorises for a single instance, with the resource type of its ARN; all others are authorised
 * for all resources. Sources: the pages of the four APIs, "Authorization information" (for Lindorm that of 2025-03-20).
 */
const PER_INSTANCE: Readonly<Record<string, string>> = {
  'kvstore:ModifySecurityIps': 'instance',
  'drds:ModifyDrdsIpWhiteList': 'instance',
  'lindorm:UpdateInstanceIpWhiteList': 'instance',
  'clickhouse:ModifySecurityIPList': 'enterprisedbcluster',
};

/**
 * What an action is authorised on. The id of the instance is read out of its host, `r-bp1x.redis.rds.aliyuncs.com`: the
 * first label, and of `ld-x-proxy-lindorm` the first two words (inferred from the hosts that the products hand out).
 */
export function resourceOf(action: string, region: string, ownerId: string, host: string): string {
  const service = action.replace(/:.*/, '');
  const type = PER_INSTANCE[action];
  const instance = host.toLowerCase().replace(/^((?:r|ld|cc)-[a-z0-9]+|[a-z0-9-]+).*/, '$1');
  return `acs:${service}:${region}:${ownerId}:${type === undefined ? '*' : `${type}/${instance}`}`;
}

/** What DMS does besides to reach an instance over a VPC or a dedicated line. */
export const VPC_ACTIONS: readonly string[] = ['vpc:DescribeVpcs'];
