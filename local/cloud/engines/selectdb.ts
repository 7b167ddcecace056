import { engineOperation } from './engine-operation.ts';

/** SelectDB. Version and name are also ClickHouse's: the door tells them apart. */
export const selectdb = engineOperation({
  service: 'selectdb',
  version: '2023-05-22',
  name: 'DescribeDBInstances',
  page: 'ApsaraDB for SelectDB, DescribeDBInstances',
  ramAction: 'selectdb:DescribeDBInstances',
  region: 'required',
  answer: () => ({ Items: [], PageNumber: 1, PageSize: 30, TotalRecordCount: 0 }),
});
