import { engineOperation } from './engine-operation.ts';

/** Lindorm, whose API is the product hitsdb while its RAM actions are called lindorm. */
export const lindorm = engineOperation({
  service: 'hitsdb',
  version: '2020-06-15',
  name: 'GetLindormInstanceList',
  page: 'Lindorm, GetLindormInstanceList',
  ramAction: 'lindorm:GetLindormInstanceList',
  region: 'optional',
  answer: () => ({ InstanceList: [], PageNumber: 1, PageSize: 10, Total: 0 }),
});
