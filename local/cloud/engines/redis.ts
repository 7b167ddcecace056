import { engineOperation } from './engine-operation.ts';

/** Redis (Tair). */
export const redis = engineOperation({
  service: 'r-kvstore',
  version: '2015-01-01',
  name: 'DescribeInstances',
  page: 'Tair (Redis OSS-compatible), DescribeInstances',
  ramAction: 'kvstore:DescribeInstances',
  region: 'optional',
  answer: () => ({ Instances: { KVStoreInstance: [] }, PageNumber: 1, PageSize: 30, TotalCount: 0 }),
});
