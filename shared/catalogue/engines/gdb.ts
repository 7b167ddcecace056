import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * Graph Database. The vendor's document spells the right `gdb:DescribeDbInstances` while the API is
 * `DescribeDBInstances`; RAM compares actions without case, so the two meet. That the API is authorised under the
 * prefix `gdb` is inferred from the document alone.
 */
export const gdb: Entitlement = {
  names: ['GDB', 'Graph Database'],
  actions: ['gdb:DescribeDbInstances'],
  modifying: null,
  probe: rpcProbe({
    product: 'gdb',
    version: '2019-09-03',
    action: 'DescribeDBInstances',
    ramAction: 'gdb:DescribeDbInstances',
    source: 'inferred',
  }),
};
