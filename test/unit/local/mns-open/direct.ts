import { ApiError } from '../../../../local/cloud/error.ts';
import { parseInput } from '../../../../local/cloud/http/input.ts';
import { mnsOpenOperations } from '../../../../local/cloud/mns-open/index.ts';
import type { RpcOperation } from '../../../../local/cloud/operation.ts';
import { TestClock } from '../../../kit/clock.ts';
import { START } from '../../../kit/time.ts';
import { addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';

export type Parameters = Readonly<Record<string, string>>;

function operation(action: string): RpcOperation {
  const found = mnsOpenOperations.find(({ name }) => name === action);
  if (found === undefined) throw new Error(`no operation ${action}`);
  return found;
}

/** The owner's control API, called as the door calls it but without signatures and rights. */
export function direct() {
  const { clock, world, owner } = twoAccounts(new TestClock(START + 250));
  const { caller } = addUser(owner, 'operator', everything);
  const call = { world, account: owner, caller, requestId: 'r' };
  const parsed = (action: string, sent: Parameters) => parseInput(operation(action).input, sent);
  /** The answer as plain data: what a client would read from the JSON. */
  const answer = (action: string, sent: Parameters): { readonly Data: object } =>
    JSON.parse(JSON.stringify(operation(action).run(parsed(action, sent), call)));
  return {
    clock,
    mns: owner.mns,
    answer,
    data: (action: string, sent: Parameters) => answer(action, sent).Data,
    permission: (action: string, sent: Parameters) =>
      operation(action).permission(parsed(action, sent), call),
    /** Status, code and the whole message of a refusal. */
    words(action: string, sent: Parameters): string {
      try {
        return JSON.stringify(answer(action, sent));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return `${error.status} ${error.code}: ${error.message}`;
      }
    },
  };
}
