import { engineOperation } from './engine-operation.ts';

/** PolarDB-X 1.0. */
export const polardbx1 = engineOperation({
  service: 'drds',
  version: '2019-01-23',
  name: 'DescribeDrdsInstances',
  page: 'PolarDB-X 1.0, DescribeDrdsInstances',
  ramAction: 'drds:DescribeDrdsInstances',
  region: 'required',
  answer: () => ({ Success: true, Instances: { Instance: [] }, PageNumber: 1, PageSize: 30, Total: 0 }),
});
