import { engineOperation } from './engine-operation.ts';

/** ClickHouse, Enterprise Edition. Version and name are also SelectDB's: the door tells them apart. */
export const clickhouse = engineOperation({
  service: 'clickhouse',
  version: '2023-05-22',
  name: 'DescribeDBInstances',
  page: 'ApsaraDB for ClickHouse Enterprise Edition, DescribeDBInstances',
  ramAction: 'clickhouse:DescribeDBInstances',
  region: 'optional',
  answer: () => ({ Data: { DBInstances: [], PageNumber: 1, PageSize: 30, TotalCount: 0 } }),
});
