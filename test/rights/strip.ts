import type { Account } from '../../local/cloud/world.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import type { TestCloud } from '../kit/test-cloud.ts';

/** Takes away what the local cloud came with, but for the topics that the deployed triggers listen at. */
export async function stripInstallation(cloud: TestCloud): Promise<void> {
  const { owner, requester, ready } = cloud;
  for (const account of [owner, requester])
    for (const { name } of [...account.ram.roles.values()])
      if (name.startsWith('dms-handshake-')) await dropRole(cloud, account, name);
  owner.mns.topics.delete(ready.replyTopic);
  for (const queue of ['dms-handshake-dead-letters', 'dms-handshake-owner-replies'])
    owner.mns.removeQueue(queue);
  requester.mns.removeQueue(ready.replyQueue.name);
}

async function dropRole({ world }: TestCloud, account: Account, name: string): Promise<void> {
  const byHand = (operation: string, parameters: Readonly<Record<string, string>>) =>
    ramByHand(world, account, operation, parameters);
  await byHand('DetachPolicyFromRole', { RoleName: name, PolicyName: name, PolicyType: 'Custom' });
  await byHand('DeletePolicy', { PolicyName: name });
  await byHand('DeleteRole', { RoleName: name });
}
