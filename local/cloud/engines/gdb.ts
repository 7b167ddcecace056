import { engineOperation } from './engine-operation.ts';

/**
 * Graph Database. The vendor's permission document writes `DescribeDbInstances` for the API DescribeDBInstances:
 * actions have no case. That the prefix is `gdb` is inferred from that document.
 */
export const gdb = engineOperation({
  service: 'gdb-api',
  version: '2019-09-03',
  name: 'DescribeDBInstances',
  page: 'Graph Database, DescribeDBInstances',
  ramAction: 'gdb:DescribeDbInstances',
  region: 'required',
  answer: () => ({ Items: { DBInstance: [] }, PageNumber: 1, PageRecordCount: 0, TotalRecordCount: 0 }),
});
