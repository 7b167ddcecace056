import { engineOperation } from './engine-operation.ts';

/** PolarDB-X 2.0. */
export const polardbx2 = engineOperation({
  service: 'polardbx',
  version: '2020-02-02',
  name: 'DescribeDBInstances',
  page: 'PolarDB-X 2.0, DescribeDBInstances',
  ramAction: 'polardbx:DescribeDBInstances',
  region: 'required',
  answer: () => ({ DBInstances: [], PageNumber: 1, PageSize: 30, TotalNumber: 0 }),
});
