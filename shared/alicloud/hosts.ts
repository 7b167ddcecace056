import { guessedHost, listedHost, type Product } from '../catalogue/endpoints.ts';
import { hostInEnvironment } from './endpoint-variable.ts';

/** Where a product is reached. */
export interface Endpoint {
  /** `r-kvstore.aliyuncs.com`. */
  readonly host: string;
  /** Whether the host is known, from the vendor's list or from the operator. Otherwise it is a guess. */
  readonly known: boolean;
}

/**
 * The host of a product: what its variable says, else what the vendor lists, else a guess.
 * Throws `TerminalError` for a variable that is no host.
 */
export function endpointOf(product: Product, region: string): Endpoint {
  const host = hostInEnvironment(product) ?? listedHost(product, region);
  return host === null ? { host: guessedHost(product, region), known: false } : { host, known: true };
}

export const hostOf = (product: Product, region: string): string => endpointOf(product, region).host;

/** RAM has one host for all regions. */
export const ramHost = (): string => hostOf('ram', '');
