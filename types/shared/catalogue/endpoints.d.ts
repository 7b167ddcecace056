/**
 * Public hosts of the vendor's products by region, `<pattern>.aliyuncs.com` with `*` for the region: figures of the
 * vendor's API metadata (`aliyun-openapi-meta` of 2026-04-21, Apache-2.0), kept short because functions carry them.
 * `<product>.<region>` is no rule: in cn-hangzhou Redis, ClickHouse and SelectDB answer at hosts without a region.
 * A region that is not listed: the product is not sold there, or this list is old.
 *
 * Belief hosts (documented): each product answers at the host that the metadata gives for the region; Graph Database
 * at that of the vendor's Python client. Source: aliyun-openapi-meta of 2026-04-21. Shown wrong by: doctor --live.
 */
declare const HOSTS: {
    /** One host for all regions; the metadata lists it for each of 22. */
    readonly ram: {
        readonly ram: "*";
    };
    /** Not in the metadata: from the vendor's Python client, which has one host for all other regions. */
    readonly gdb: {
        readonly 'gdb-api.*': "ap-south-1 ap-southeast-1 ap-southeast-5 cn-zhangjiakou";
        readonly 'gdb-api': "*";
    };
    readonly sts: {
        readonly 'sts.*': "ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-southeast-7 cn-beijing cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hangzhou cn-heyuan cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-wuhan-lr cn-wulanchabu cn-zhangjiakou eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1 us-east-1 us-west-1";
        readonly sts: "cn-hangzhou-finance cn-shenzhen-finance-1";
    };
    readonly 'R-kvstore': {
        readonly 'r-kvstore.*': "ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-beijing cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wuhan-lr cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1 us-east-1 us-southeast-1 us-west-1";
        readonly 'r-kvstore': "cn-hangzhou cn-hangzhou-finance cn-heyuan cn-shanghai cn-wulanchabu";
    };
    readonly Drds: {
        readonly 'drds.ap-southeast-1': "ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 eu-central-1 eu-west-1 me-east-1 us-west-1";
        readonly 'drds.*': "ap-southeast-1 cn-beijing cn-hangzhou cn-hongkong cn-huhehaote cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-zhangjiakou us-east-1";
        readonly drds: "cn-beijing-finance-1 cn-chengdu cn-hangzhou-finance";
    };
    readonly polardbx: {
        readonly polardbx: "ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing-finance-1 cn-north-2-gov-1 cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-wulanchabu eu-central-1 eu-west-1 me-east-1";
        readonly 'polardbx.*': "ap-southeast-1 cn-beijing cn-chengdu cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou us-east-1 us-west-1";
        readonly 'polardbx.cn-hangzhou': "cn-hangzhou-finance";
    };
    readonly OceanBasePro: {
        readonly 'oceanbasepro.*': "ap-southeast-1 ap-southeast-3 ap-southeast-5 cn-beijing cn-beijing-finance-1 cn-hangzhou cn-hangzhou-finance cn-hongkong cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-zhangjiakou eu-central-1 me-central-1 us-east-1 us-west-1";
    };
    readonly hitsdb: {
        readonly 'hitsdb.*': "ap-northeast-1 ap-southeast-1 ap-southeast-3 ap-southeast-5 cn-beijing cn-chengdu cn-hangzhou cn-hangzhou-finance cn-hongkong cn-huhehaote cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wulanchabu cn-zhangjiakou eu-central-1 eu-west-1 us-east-1 us-west-1";
    };
    readonly Hologram: {
        readonly 'hologram.*': "ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-3 ap-southeast-5 cn-beijing cn-hangzhou cn-hongkong cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-zhangjiakou eu-central-1 us-east-1 us-west-1";
    };
    readonly selectdb: {
        readonly 'selectdb.*': "ap-northeast-1 ap-southeast-1 ap-southeast-5 ap-southeast-6 cn-chengdu cn-hongkong cn-huhehaote cn-zhangjiakou eu-central-1 eu-west-1 us-east-1 us-west-1";
        readonly selectdb: "ap-northeast-2 ap-southeast-3 ap-southeast-7 cn-beijing cn-guangzhou cn-hangzhou cn-heyuan cn-qingdao cn-shanghai cn-shenzhen cn-wulanchabu";
    };
    readonly clickhouse: {
        readonly 'clickhouse.*': "ap-northeast-1 ap-southeast-1 ap-southeast-5 ap-southeast-6 cn-chengdu cn-guangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai-finance-1 cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-central-1 us-east-1 us-west-1";
        readonly clickhouse: "ap-southeast-3 cn-beijing cn-beijing-finance-1 cn-hangzhou cn-hangzhou-finance cn-north-2-gov-1 cn-shanghai cn-shenzhen-finance-1 cn-wulanchabu me-east-1";
    };
    readonly Vpc: {
        readonly 'vpc.*': "ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-beijing cn-beijing-finance-1 cn-chengdu cn-fuzhou cn-guangzhou cn-hangzhou cn-heyuan cn-heyuan-acdr-1 cn-hongkong cn-huhehaote cn-nanjing cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wuhan-lr cn-wulanchabu cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 na-south-1 us-east-1 us-west-1";
    };
    readonly 'dms-enterprise': {
        readonly 'dms-enterprise.*': "ap-northeast-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 cn-beijing cn-chengdu cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-zhangjiakou eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1";
    };
    readonly 'mns-open': {
        readonly 'mns-open.*': "ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-southeast-7 cn-beijing cn-chengdu cn-guangzhou cn-hangzhou cn-hangzhou-finance cn-heyuan cn-heyuan-acdr-1 cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shanghai-finance-1 cn-shenzhen cn-shenzhen-finance-1 cn-wulanchabu cn-zhangjiakou cn-zhengzhou-jva eu-central-1 eu-west-1 me-central-1 me-east-1 us-east-1 us-west-1";
    };
    readonly fc: {
        readonly 'fcv3.*': "ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-7 cn-beijing cn-chengdu cn-hangzhou cn-hongkong cn-huhehaote cn-qingdao cn-shanghai cn-shenzhen cn-wulanchabu cn-zhangjiakou eu-central-1 eu-west-1 us-east-1 us-west-1";
        readonly '*.fc': "cn-hangzhou-finance cn-heyuan-acdr-1 cn-shanghai-finance-1 me-central-1";
    };
};
/** A product by the code that its API has: `R-kvstore` is Redis, `hitsdb` Lindorm. */
export type Product = keyof typeof HOSTS;
export declare const PRODUCTS: readonly Product[];
/** The host of a product in a region, `r-kvstore.aliyuncs.com`; null where the list has none. */
export declare function listedHost(product: Product, region: string): string | null;
/** The host that a product would have in a region of which the list does not say so. */
export declare function guessedHost(product: Product, region: string): string;
export {};
