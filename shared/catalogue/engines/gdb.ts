import { type Entitlement, rpcProbe } from '../engine.ts';

/**
 * Graph Database. The vendor's document spells the right `gdb:DescribeDbInstances` while the API is
 * `DescribeDBInstances`; RAM compares actions without case, so the two meet. Its prefix is a belief.
 *
 * Belief gdb-prefix (inferred): Graph Database authorises its API under the prefix gdb, at the host of the vendor's
 * Python client. Source: the document of the procedure alone; the API is in no public metadata. Shown wrong by:
 * doctor --live.
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
