import { engineOperation } from './engine-operation.ts';

/** ClickHouse, the older API, of the Community-Compatible Edition. Nothing else has this version and name. */
export const clickhouseCommunity = engineOperation({
  service: 'clickhouse',
  version: '2019-11-11',
  name: 'DescribeDBClusters',
  page: 'ApsaraDB for ClickHouse, DescribeDBClusters',
  ramAction: 'clickhouse:DescribeDBClusters',
  region: 'required',
  answer: () => ({ DBClusters: { DBCluster: [] }, PageNumber: 1, PageSize: 30, TotalCount: 0 }),
});
