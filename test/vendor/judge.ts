import endpoints from './endpoints.json' with { type: 'json' };

const LISTED: Readonly<Record<string, Readonly<Record<string, string>>>> = endpoints.products;

/** Hosts that differ from the vendor's metadata, for the products that it has; each with the right one. */
export function hostFaults(
  hosts: readonly { readonly product: string; readonly region: string; readonly host: string | null }[],
): readonly string[] {
  return hosts.flatMap(({ product, region, host }) => {
    const listed = LISTED[product.toLowerCase()];
    // RAM has one host, also for regions of which the metadata does not say so.
    if (listed === undefined || (product === 'ram' && host === listed['cn-hangzhou'])) return [];
    // Function Compute is called at an account's own host (`fcEndpoint`): only its regions count.
    const right = listed[region] ?? null;
    return host === right
      ? []
      : [`${product} in ${region}: ${host ?? 'none'}; the vendor has ${right ?? 'none'}`];
  });
}
