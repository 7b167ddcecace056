import type { Product } from '../catalogue/endpoints.ts';
import { TerminalError } from '../runtime/errors.ts';

/** The environment variable that sets another host for a product: `ENDPOINT_R_KVSTORE`. */
export const variableOf = (product: Product | 'mns'): string =>
  `ENDPOINT_${product.toUpperCase().replaceAll('-', '_')}`;

/**
 * The host that it sets, in which `<uid>` stands for the account; null where it sets none.
 * Throws `TerminalError` for a value that is no host.
 */
export function hostInEnvironment(product: Product | 'mns', uid = ''): string | null {
  const variable = variableOf(product);
  const value = process.env[variable]?.trim().replace('<uid>', uid) ?? '';
  if (value === '') return null;
  const fault = hostFault(variable, value);
  if (fault === null) return value.toLowerCase();
  throw new TerminalError('internal', fault);
}

/** What is wrong with the value of such a variable, in one sentence; null where it is the name of a host. */
export const hostFault = (variable: string, value: string): string | null =>
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(value.replace('<uid>', '0'))
    ? null
    : `${variable} is ${JSON.stringify(value.slice(0, 100))}: expected the name of a host, such as "r-kvstore.aliyuncs.com", without https:// and without a path`;
