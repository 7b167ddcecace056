import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';
import { callApi, refused } from '../http/clients.ts';
import { opened } from '../http/setup.ts';

type Parameters = Readonly<Record<string, string>>;

/** The vendor's generic client, as a user of the owner with these rights, at the control API of its door. */
export async function mnsOpen(rights: readonly PolicyStatement[] = [everything]) {
  const cloud = await opened();
  const { keys } = addUser(cloud.owner, 'operator', ...rights);
  const call = async (action: string, sent: Parameters, how: 'form' | 'query' = 'form') =>
    callApi(cloud.door, keys, { version: '2022-01-19', action, [how]: { ...sent } });
  return {
    ...cloud,
    call,
    data: async (action: string, sent: Parameters) => (await call(action, sent))['Data'],
    /** `<status> <code>` of a refusal. */
    refusal: (action: string, sent: Parameters) => refused(call(action, sent)),
  };
}
