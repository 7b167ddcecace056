import { engineOperation } from './engine-operation.ts';

/** Hologres: ROA style, the body is a JSON object. */
export const hologres = engineOperation({
  service: 'hologram',
  version: '2022-06-01',
  name: 'ListInstances',
  page: 'Hologres, ListInstances',
  ramAction: 'hologram:ListInstances',
  region: 'unknown',
  route: { method: 'POST', path: '/api/v1/instances' },
  answer: () => ({ Success: 'true', HttpStatusCode: '200', InstanceList: [] }),
});
