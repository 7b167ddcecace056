import { handleFc } from '../cloud/fc/index.ts';
import { handleOss } from '../cloud/oss/handle.ts';
import type { RestRequest, RestResponse } from '../cloud/rest.ts';
import type { Account, World } from '../cloud/world.ts';

/** Where a client of an account's Function Compute, and of the uploads for it, has its requests answered. */
export interface Endpoint {
  readonly uid: string;
  readonly region: string;
  now(): number;
  fc(request: RestRequest): Promise<RestResponse>;
  oss(request: RestRequest): Promise<RestResponse>;
}

/** The endpoint without a socket, so that a cloud is up in milliseconds. */
export const endpointOf = (world: World, account: Account): Endpoint => ({
  uid: account.uid,
  region: world.region,
  now: () => world.clock.now(),
  fc: (request) => handleFc(world, account, request),
  oss: (request) => handleOss(world, account, request),
});
