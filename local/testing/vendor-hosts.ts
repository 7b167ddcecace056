import type { Services } from '../cloud/http/answer.ts';
import { serviceAt } from '../cloud/http/hosts.ts';
import type { Account, World } from '../cloud/world.ts';

/** What answers at one of the vendor's hosts. */
export interface Endpoint {
  readonly account: Account;
  readonly services: Services;
}

/**
 * Which part of the local cloud a host of the vendor's is, as the endpoint pages of the services name them; null for a
 * host that is none, of another region, or of an account that does not exist. A host serves its own product only.
 */
export function endpointOf(world: World, services: Services, host: string): Endpoint | null {
  const name = host.toLowerCase();
  const region = `${world.region}(?:-internal)?`;
  const mns = new RegExp(`^(\\d+)\\.mns\\.${region}\\.aliyuncs\\.com$`).exec(name)?.[1];
  if (mns !== undefined) return of(world, mns, { ...services, rpc: [], fc: null });
  const fc = new RegExp(`^(\\d+)\\.${region}\\.fc\\.aliyuncs\\.com$`).exec(name)?.[1];
  if (fc !== undefined) return of(world, fc, { ...services, rpc: [], mns: refuse });
  // These APIs work on the account of the key; another is only named for a call that nobody signed.
  const [first] = world.accounts.keys();
  if (first === undefined) return null;
  if (name === `${world.uploads.bucket}.oss-${world.region}.aliyuncs.com`)
    return of(world, first, { ...services, rpc: [], mns: refuse, fc: null });
  const label = serviceAt(world.region, name);
  const rpc = services.rpc.filter((operation) => operation.service === label);
  if (rpc.length === 0) return null;
  return of(world, first, { rpc, mns: refuse, fc: null });
}

function of(world: World, uid: string, services: Services): Endpoint | null {
  const account = world.accounts.get(uid);
  return account === undefined ? null : { account, services };
}

/** A path of a service that does not live at the host. */
const refuse: Services['mns'] = async () => ({
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ Code: 'InvalidAction.NotFound', Message: 'This host does not serve that path.' }),
});
