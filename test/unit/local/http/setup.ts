import { afterEach } from 'vitest';
import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { type Door, openDoor, type Services } from '../../../../local/cloud/http/server.ts';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import type { RestResponse } from '../../../../local/cloud/rest.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';

const doors: Door[] = [];

afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.close()));
});

const told = (by: string) => async (): Promise<RestResponse> => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: by,
});

export const services: Services = { rpc: rpcOperations, mns: told('mns'), fc: told('fc') };

/** Two accounts and the owner's door, which closes after the test; the user has the given rights, by default all. */
export async function opened(
  options: { rights?: readonly PolicyStatement[]; services?: Partial<Services>; debug?: boolean } = {},
) {
  const cloud = twoAccounts(new TestClock(Date.now()));
  const user = addUser(cloud.owner, 'someone', ...(options.rights ?? [everything]));
  const door = await openDoor(
    cloud.world,
    cloud.owner,
    { ...services, ...options.services },
    { debug: options.debug ?? false },
  );
  doors.push(door);
  return { ...cloud, ...user, door };
}
