import { onTestFinished } from 'vitest';
import type { PolicyStatement } from '../../../local/cloud/caller.ts';
import { openDoor } from '../../../local/cloud/http/server.ts';
import { handleMns } from '../../../local/cloud/mns/index.ts';
import { rpcOperations } from '../../../local/cloud/operations.ts';
import { Api } from '../../../shared/alicloud/api.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../kit/two-accounts.ts';
import { patienceOf } from './setup.ts';

export const REGION = 'cn-hangzhou';

/** The owner's account of the local cloud behind its door, and a client with the given rights (default: all). */
export async function cloudWith(...rights: PolicyStatement[]) {
  const { world, owner, requester } = twoAccounts(new TestClock(Date.now()));
  const user = addUser(owner, 'caller', ...(rights.length === 0 ? [everything] : rights));
  const door = await openDoor(world, owner, { rpc: rpcOperations, mns: handleMns, fc: null });
  onTestFinished(() => door.close());
  const patience = patienceOf(world.clock);
  const credentials = new Credentials(user.keys, millis(0));
  const api = new Api({ ...patience, credentials, endpoint: door.url });
  return { world, owner, requester, caller: user.caller, patience, endpoint: door.url, api };
}

/** Which calls of an operation are meant by a fault. */
export const callsOf =
  (operation: string) =>
  (call: { readonly operation: string }): boolean =>
    call.operation === operation;
