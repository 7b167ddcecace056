import { engineOperation } from './engine-operation.ts';

/** OceanBase. Its clients send a form body; no parameter is required. */
export const oceanbase = engineOperation({
  service: 'oceanbasepro',
  version: '2019-09-01',
  name: 'DescribeInstances',
  page: 'ApsaraDB for OceanBase, DescribeInstances',
  ramAction: 'oceanbase:DescribeInstances',
  region: 'unknown',
  answer: () => ({ Instances: [], TotalCount: 0 }),
});
