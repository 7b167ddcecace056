import { ApiError } from '../error.ts';
import { notCovered, notCoveredAt, shown } from '../not-covered.ts';
import type { RpcOperation } from '../operation.ts';
import type { RestRequest } from '../rest.ts';
import { productOf, vendorNamesAt } from '../vendor-operations.ts';
import { serviceAt } from './hosts.ts';

/**
 * The operations that a host has. A vendor's host has those of its product; the loopback door is one host for all.
 * Throws `ApiError` 404 `InvalidProduct.NotFound` for a host of the vendor's domain that does not exist.
 */
export function operationsAt(
  region: string,
  operations: readonly RpcOperation[],
  host: string,
): readonly RpcOperation[] {
  if (!/\.aliyuncs\.com(:\d+)?$/i.test(host)) return operations;
  const service = serviceAt(region, host);
  if (service !== null) return ofService(operations, service);
  throw new ApiError(
    404,
    'InvalidProduct.NotFound',
    'Cannot find product according to your specified domain.',
  );
}

const services = new WeakMap<readonly RpcOperation[], Map<string, readonly RpcOperation[]>>();

/** The operations of one product; made once for a list, so that what is derived from it is, too. */
function ofService(operations: readonly RpcOperation[], service: string): readonly RpcOperation[] {
  const known = services.get(operations) ?? new Map<string, readonly RpcOperation[]>();
  services.set(operations, known);
  const found = known.get(service) ?? operations.filter((operation) => operation.service === service);
  known.set(service, found);
  return found;
}

/**
 * The operations that a request can mean; one, with a known exception: at the loopback door (2023-05-22,
 * DescribeDBInstances) is SelectDB's or ClickHouse's, and the caller's rights decide (see `callRpc`).
 * Throws `ApiError` 404 `InvalidAction.NotFound`, 400 `InvalidVersion`, naming what was asked.
 */
export function resolveRpc(
  operations: readonly RpcOperation[],
  { name, version }: { readonly name: string; readonly version: string },
): readonly [RpcOperation, ...RpcOperation[]] {
  const named = byName(operations).get(version);
  if (named === undefined) {
    throw new ApiError(400, 'InvalidVersion', `The local cloud has no API of version ${shown(version)}.`);
  }
  const [first, ...others] = named.get(name) ?? [];
  if (first === undefined) {
    const product = productOf(name, version);
    const whose = product === null ? '' : `, which the vendor has in ${product}`;
    const asked = `${shown(name)} of version ${shown(version)}${whose}`;
    throw notFound(notCovered(asked, name, [...named.keys()]));
  }
  return [first, ...others];
}

type ByName = ReadonlyMap<string, ReadonlyMap<string, readonly RpcOperation[]>>;
const indexes = new WeakMap<readonly RpcOperation[], ByName>();

/** RPC operations by version and name; made once for a list. */
function byName(operations: readonly RpcOperation[]): ByName {
  const known = indexes.get(operations);
  if (known !== undefined) return known;
  const index = new Map<string, Map<string, RpcOperation[]>>();
  for (const operation of operations.filter(({ route }) => route === undefined)) {
    const named = index.get(operation.version) ?? new Map<string, RpcOperation[]>();
    index.set(
      operation.version,
      named.set(operation.name, [...(named.get(operation.name) ?? []), operation]),
    );
  }
  indexes.set(operations, index);
  return index;
}

/** A ROA operation is found by method and path; action and version, if sent, must be its own. */
export function resolveRoa(operations: readonly RpcOperation[], request: RestRequest): RpcOperation {
  const { method, path, headers } = request;
  const found = operations.find((o) => o.route?.method === method && o.route.path === path);
  if (found === undefined) throw notFound(noRoa(operations, method, path));
  if ((headers['x-acs-version'] ?? found.version) !== found.version) {
    throw new ApiError(400, 'InvalidVersion', `${found.name} has the version ${found.version}.`);
  }
  const action = headers['x-acs-action'] ?? found.name;
  if (action !== found.name)
    throw notFound(notCovered(`${shown(action)} at ${method} ${shown(path)}`, action, [found.name]));
  return found;
}

/** Which product is meant only a path that the vendor has somewhere tells. */
function noRoa(operations: readonly RpcOperation[], method: string, path: string): string {
  const here = operations.flatMap(({ name, route }) => (route === undefined ? [] : [{ name, ...route }]));
  const products = new Map(
    operations.flatMap(({ service, version, route }) =>
      route === undefined ? [] : [[service, version] as const],
    ),
  );
  for (const [service, version] of products) {
    const names = vendorNamesAt(service, version, method, path);
    if (names.length > 0)
      return notCoveredAt({ method, path, names, product: `${service} of version ${shown(version)}` }, here);
  }
  return notCoveredAt({ method, path, names: [], product: 'any product' }, here);
}

const notFound = (message: string): ApiError => new ApiError(404, 'InvalidAction.NotFound', message);
