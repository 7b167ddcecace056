/**
 * Public hosts of the vendor's products by region, `<pattern>.aliyuncs.com` with `*` for the region: figures of the
 * vendor's API metadata (`aliyun-openapi-meta` of 2026-04-21, Apache-2.0), kept short because functions carry them.
 * `<product>.<region>` is no rule: in cn-hangzhou Redis, ClickHouse and SelectDB answer at hosts without a region.
 * A region that is not listed: the product is not sold there, or this list is old.
 *
 * Belief hosts (documented): each product answers at the host that the metadata gives for the region; Graph Database
 * at that of the vendor's Python client. Source: aliyun-openapi-meta of 2026-04-21. Shown wrong by: doctor --live.
 */
const HOSTS = {
  /** One host for all regions; the metadata lists it for each of 22. */
  ram: { ram: '*' },
  /** Not in the metadata: from the vendor's Python client, which has one host for all other regions. */
  gdb: { 'gdb-api.*': 'ap-south-1 ap-southeast-1 ap-southeast-5 cn-zhangjiakou', 'gdb-api': '*' },
  sts: {
    'sts.*':
      'ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-southeast-7 cn-beijing cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hangzhou cn-heyuan cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-wuhan-lr cn-wulanchabu cn-zhangjiakou eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1 us-east-1 us-west-1',
    sts: 'cn-hangzhou-finance cn-shenzhen-finance-1',
  },
  'R-kvstore': {
    'r-kvstore.*':
      'ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-beijing cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wuhan-lr cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1 us-east-1 us-southeast-1 us-west-1',
    'r-kvstore': 'cn-hangzhou cn-hangzhou-finance cn-heyuan cn-shanghai cn-wulanchabu',
  },
  Drds: {
    'drds.ap-southeast-1':
      'ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 eu-central-1 eu-west-1 me-east-1 us-west-1',
    'drds.*':
      'ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-zhangjiakou us-east-1',
    drds: 'cn-beijing-finance-1 cn-chengdu cn-hangzhou-finance',
  },
  polardbx: {
    polardbx:
      'ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing-finance-1 cn-north-2-gov-1 cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-wulanchabu eu-central-1 eu-west-1 me-east-1',
    'polardbx.*':
      'ap-southeast-1 cn-beijing cn-chengdu cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou us-east-1 us-west-1',
    'polardbx.cn-hangzhou': 'cn-hangzhou-finance',
  },
  OceanBasePro: {
    'oceanbasepro.*':
      'ap-southeast-1 ap-southeast-3 ap-southeast-5 cn-beijing cn-beijing-finance-1 cn-hangzhou cn-hangzhou-finance cn-hongkong cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-zhangjiakou eu-central-1 me-central-1 us-east-1 us-west-1',
  },
  hitsdb: {
    'hitsdb.*':
      'ap-northeast-1 ap-southeast-1 ap-southeast-3 ap-southeast-5 cn-beijing cn-chengdu cn-hangzhou cn-hangzhou-finance cn-hongkong cn-huhehaote cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wulanchabu cn-zhangjiakou eu-central-1 eu-west-1 us-east-1 us-west-1',
  },
  Hologram: {
    'hologram.*':
      'ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-zhangjiakou eu-central-1 us-east-1 us-west-1',
  },
  selectdb: {
    'selectdb.*':
      'ap-northeast-1 ap-southeast-1 ap-southeast-5 ap-southeast-6 cn-chengdu cn-hongkong cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 us-east-1 us-west-1',
    selectdb:
      'ap-northeast-2 ap-southeast-3 ap-southeast-7 cn-beijing cn-guangzhou cn-hangzhou cn-heyuan cn-qingdao cn-shanghai cn-shenzhen cn-wulanchabu',
  },
  clickhouse: {
    'clickhouse.*':
      'ap-northeast-1 ap-southeast-1 ap-southeast-5 ap-southeast-6 cn-chengdu cn-guangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai-finance-1 cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-central-1 us-east-1 us-west-1',
    clickhouse:
      'ap-southeast-3 cn-beijing cn-beijing-finance-1 cn-hangzhou cn-hangzhou-finance cn-north-2-gov-1 cn-shanghai cn-shenzhen-finance-1 cn-wulanchabu me-east-1',
  },
  Vpc: {
    'vpc.*':
      'ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-beijing cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hangzhou cn-heyuan cn-heyuan-acdr-1 cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wuhan-lr cn-wulanchabu cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1 us-east-1 us-west-1',
  },
  /** Not in the metadata: from the vendor's Python client, which has `actiontrail.<region>` for all other regions. */
  actiontrail: {
    actiontrail: 'cn-beijing-finance-1 cn-hangzhou-finance cn-shenzhen-finance-1',
    'actiontrail.*': '*',
  },
  'dms-enterprise': {
    'dms-enterprise.*':
      'ap-northeast-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-chengdu cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1',
  },
  'mns-open': {
    'mns-open.*':
      'ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-southeast-7 cn-beijing cn-chengdu cn-guangzhou cn-hangzhou cn-hangzhou-finance cn-heyuan cn-heyuan-acdr-1 cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wulanchabu cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 us-east-1 us-west-1',
  },
  fc: {
    'fcv3.*':
      'ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-7 cn-beijing cn-chengdu cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-wulanchabu cn-zhangjiakou eu-central-1 eu-west-1 us-east-1 us-west-1',
    '*.fc': 'cn-hangzhou-finance cn-heyuan-acdr-1 cn-shanghai-finance-1 me-central-1',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A product by the code that its API has: `R-kvstore` is Redis, `hitsdb` Lindorm. */
export type Product = keyof typeof HOSTS;

export const PRODUCTS = Object.keys(HOSTS) as readonly Product[];

/** The host of a product in a region, `r-kvstore.aliyuncs.com`; null where the list has none. */
export function listedHost(product: Product, region: string): string | null {
  const patterns: readonly (readonly [string, string])[] = Object.entries(HOSTS[product]);
  const [pattern] =
    patterns.find(([, regions]) => regions === '*' || regions.split(' ').includes(region)) ?? [];
  return pattern === undefined ? null : `${pattern.replace('*', region)}.aliyuncs.com`;
}

/** The host that a product would have in a region of which the list does not say so. */
export function guessedHost(product: Product, region: string): string {
  const [pattern = product] = Object.keys(HOSTS[product]);
  return `${pattern.split('.')[0]}.${region}.aliyuncs.com`;
}
