import { type Entitlement, rpcProbe } from '../engine.ts';

/** ApsaraDB for OceanBase, RAM prefix `oceanbase`. Its API takes parameters in a form body and no region. */
export const oceanbase: Entitlement = {
  names: ['OceanBase', 'ApsaraDB for OceanBase'],
  actions: ['oceanbase:DescribeAllTenantsConnectionInfo', 'oceanbase:DescribeInstances'],
  modifying: null,
  probe: rpcProbe({
    product: 'OceanBasePro',
    version: '2019-09-01',
    action: 'DescribeInstances',
    ramAction: 'oceanbase:DescribeInstances',
    body: 'form',
    regional: false,
  }),
};
