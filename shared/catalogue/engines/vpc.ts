import { type Entitlement, rpcProbe } from '../engine.ts';

/** Not an engine: what DMS needs to reach an instance through a VPC or a dedicated line. */
export const vpc: Entitlement = {
  names: ['VPC', 'dedicated line'],
  actions: ['vpc:DescribeVpcs'],
  modifying: null,
  probe: rpcProbe({
    product: 'Vpc',
    version: '2016-04-28',
    action: 'DescribeVpcs',
    ramAction: 'vpc:DescribeVpcs',
  }),
};
