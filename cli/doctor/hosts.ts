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
  ...Object.values(CATALOGUE).map(({ probe }) => probe.product),
];
/** What account A calls. */
const REQUESTER: readonly Product[] = ['sts', 'mns-open', 'dms-enterprise'];

/** Where each product is reached from the region, and each that no list of the vendor has there. */
export function hostChecks(side: 'owner' | 'requester', region: string): readonly Check[] {
  const all = (side === 'owner' ? OWNER : REQUESTER).map((product) => ({
    product,
    ...endpointOf(product, region),
    // Each account has a host of its own there.
    ...(product === 'fc' ? { host: `<uid>.${region}.fc.aliyuncs.com` } : {}),
  }));
  const known = all.filter((one) => one.known);
  return [
    pass('hosts', `in ${region}: ${known.map(({ product, host }) => `${product} at ${host}`).join(', ')}`),
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
