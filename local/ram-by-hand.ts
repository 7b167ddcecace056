import { parseInput } from './cloud/http/input.ts';
import { ramOperations } from './cloud/ram/index.ts';
import type { Account, World } from './cloud/world.ts';

const BY_HAND = { type: 'user', userName: 'by-hand', userId: '0' } as const;

/**
 * Calls a RAM operation in process, as somebody who may do everything: for setting a world up, and for tests that
 * change it behind the functions' backs. Input is checked as ever; nothing is signed or journaled.
 */
export async function ramByHand(
  world: World,
  account: Account,
  name: string,
  parameters: Readonly<Record<string, string>>,
): Promise<object> {
  const operation = ramOperations.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`the local cloud has no RAM operation ${name}`);
  const caller = { accountId: account.uid, accessKeyId: 'by-hand', principal: BY_HAND };
  return operation.run(parseInput(operation.input, parameters), {
    world,
    account,
    caller,
    requestId: 'by-hand',
  });
}
