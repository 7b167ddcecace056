import { type Entitlement, rpcProbe } from '../engine.ts';

/** Hologres, RAM prefix `hologram`. The only ROA API among the engines: a POST with an empty JSON body lists. */
export const hologres: Entitlement = {
  names: ['Hologres', 'Hologram'],
  actions: ['hologram:GetInstance', 'hologram:ListInstances'],
  modifying: null,
  probe: rpcProbe({
    product: 'Hologram',
    version: '2022-06-01',
    action: 'ListInstances',
    ramAction: 'hologram:ListInstances',
    pathname: '/api/v1/instances',
    body: 'json',
    regional: false,
  }),
};
