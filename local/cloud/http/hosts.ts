/**
 * Hosts of the vendor's products by region, `*` for the region, all below `aliyuncs.com`. Written down here a second time
 * and on purpose: a cloud that answered wherever the software under test calls could not find a wrong host. Source: the
 * vendor's API metadata (`aliyun-openapi-meta` of 2026-04-21, Apache-2.0).
 */
const HOSTS: Readonly<Record<string, string>> = {
  'ap-northeast-1':
    'clickhouse.* dms-enterprise.* drds.ap-southeast-1 hitsdb.* hologram.* mns-open.* polardbx r-kvstore.* selectdb.* sts.* vpc.*',
  'ap-northeast-2': 'mns-open.* r-kvstore.* selectdb sts.* vpc.*',
  'ap-south-1': 'drds.ap-southeast-1 hologram.* polardbx r-kvstore.* vpc.*',
  'ap-southeast-1':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
  'ap-southeast-2': 'dms-enterprise.* drds.ap-southeast-1 polardbx r-kvstore.* vpc.*',
  'ap-southeast-3':
    'clickhouse dms-enterprise.* drds.ap-southeast-1 hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx r-kvstore.* selectdb sts.* vpc.*',
  'ap-southeast-5':
    'clickhouse.* dms-enterprise.* drds.ap-southeast-1 hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx r-kvstore.* selectdb.* sts.* vpc.*',
  'ap-southeast-6': 'clickhouse.* r-kvstore.* selectdb.* vpc.*',
  'ap-southeast-7': 'mns-open.* r-kvstore.* selectdb sts.* vpc.*',
  'cn-beijing':
    'clickhouse dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb sts.* vpc.*',
  'cn-beijing-finance-1': 'clickhouse drds oceanbasepro.* polardbx r-kvstore.* sts.* vpc.*',
  'cn-chengdu':
    'clickhouse.* dms-enterprise.* drds hitsdb.* mns-open.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
  'cn-fuzhou': 'r-kvstore.* sts.* vpc.*',
  'cn-guangzhou': 'clickhouse.* mns-open.* r-kvstore.* selectdb sts.* vpc.*',
  'cn-hangzhou':
    'clickhouse dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore selectdb sts.* vpc.*',
  'cn-hangzhou-finance':
    'clickhouse drds hitsdb.* mns-open.* oceanbasepro.* polardbx.cn-hangzhou r-kvstore sts',
  'cn-heyuan': 'mns-open.* r-kvstore selectdb sts.* vpc.*',
  'cn-heyuan-acdr-1': 'mns-open.* vpc.*',
  'cn-hongkong':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
  'cn-huhehaote':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* mns-open.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
  'cn-nanjing': 'r-kvstore.* sts.* vpc.*',
  'cn-north-2-gov-1': 'clickhouse drds.* hitsdb.* polardbx',
  'cn-qingdao':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb sts.* vpc.*',
  'cn-shanghai':
    'clickhouse dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore selectdb sts.* vpc.*',
  'cn-shanghai-finance-1':
    'clickhouse.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx r-kvstore.* sts.* vpc.*',
  'cn-shenzhen':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb sts.* vpc.*',
  'cn-shenzhen-finance-1':
    'clickhouse drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx r-kvstore.* sts vpc.*',
  'cn-wuhan-lr': 'r-kvstore.* sts.* vpc.*',
  'cn-wulanchabu': 'clickhouse hitsdb.* mns-open.* polardbx r-kvstore selectdb sts.* vpc.*',
  'cn-zhangjiakou':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
  'cn-zhengzhou-jva': 'mns-open.* r-kvstore.* vpc.*',
  'eu-central-1':
    'clickhouse.* dms-enterprise.* drds.ap-southeast-1 hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx r-kvstore.* selectdb.* sts.* vpc.*',
  'eu-west-1':
    'clickhouse.* dms-enterprise.* drds.ap-southeast-1 hitsdb.* mns-open.* polardbx r-kvstore.* selectdb.* sts.* vpc.*',
  'me-central-1': 'clickhouse.* mns-open.* oceanbasepro.* r-kvstore.* sts.* vpc.*',
  'me-east-1': 'clickhouse dms-enterprise.* drds.ap-southeast-1 mns-open.* polardbx r-kvstore.* sts.* vpc.*',
  'na-south-1': 'r-kvstore.* sts.* vpc.*',
  'us-east-1':
    'clickhouse.* dms-enterprise.* drds.* hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
  'us-southeast-1': 'r-kvstore.*',
  'us-west-1':
    'clickhouse.* dms-enterprise.* drds.ap-southeast-1 hitsdb.* hologram.* mns-open.* oceanbasepro.* polardbx.* r-kvstore.* selectdb.* sts.* vpc.*',
};

/**
 * Hosts of all regions. Sources: the endpoint pages of RAM and STS; for `gdb-api` and `actiontrail` the vendor's Python
 * clients. Events of RAM and STS are asked for in two regions, wherever the caller is.
 */
const EVERYWHERE =
  'ram ram.vpc-proxy sts sts-vpc.* gdb-api gdb-api.* actiontrail.* actiontrail.cn-hangzhou actiontrail.ap-southeast-1';

/**
 * The service that a host belongs to, by the name that its operations have here: `r-kvstore` for `r-kvstore.aliyuncs.com`.
 * Null for a host that does not exist, or not in this region.
 */
export function serviceAt(region: string, host: string): string | null {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return hostsOf(region).has(name) ? (name.split('.')[0] ?? '').replace(/-vpc$/, '') : null;
}

const ofRegion = new Map<string, ReadonlySet<string>>();

/** Every host of a region, made once. */
function hostsOf(region: string): ReadonlySet<string> {
  const known = ofRegion.get(region);
  if (known !== undefined) return known;
  const patterns = `${HOSTS[region] ?? ''} ${EVERYWHERE}`.trim().split(/ +/);
  const hosts = new Set(patterns.map((pattern) => `${pattern.replace('*', region)}.aliyuncs.com`));
  ofRegion.set(region, hosts);
  return hosts;
}
