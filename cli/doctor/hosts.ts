import type { Check } from '../../events/check.ts';
import { variableOf } from '../../shared/alicloud/endpoint-variable.ts';
import { endpointOf } from '../../shared/alicloud/hosts.ts';
import { CATALOGUE } from '../../shared/catalogue/catalogue.ts';
import type { Product } from '../../shared/catalogue/endpoints.ts';
import { pass, skip } from './finding.ts';

/** What the functions call, and what bootstrap does. */
const OWNER: readonly Product[] = [
  'ram',
  'sts',
  'mns-open',
  'fc',
  'actiontrail',
  ...Object.values(CATALOGUE).map(({ probe }) => probe.product),
];
/** What account A calls. */
const REQUESTER: readonly Product[] = ['sts', 'mns-open', 'dms-enterprise'];

/** Whether each product has a host in the region, and each of which no list of the vendor says so. */
export function hostChecks(side: 'owner' | 'requester', region: string): readonly Check[] {
  const all = (side === 'owner' ? OWNER : REQUESTER).map((product) => ({
    product,
    ...endpointOf(product, region),
    // Each account has a host of its own there.
    ...(product === 'fc' ? { host: `<uid>.${region}.fc.aliyuncs.com` } : {}),
  }));
  const known = all.filter((one) => one.known);
  return [
    pass(
      'hosts',
      known.length === all.length
        ? `every product that is called has a known host in ${region}`
        : `${known.length} of ${all.length} products that are called have a known host in ${region}`,
    ),
    ...all
      .filter((one) => !one.known)
      .map(({ product, host }) =>
        skip(
          `host:${product}`,
          `no list of the vendor has ${product} in ${region}: ${host} is tried, and what it says proves nothing; where it is sold there, set ${variableOf(product)} to its host`,
        ),
      ),
  ];
}
