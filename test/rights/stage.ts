import { ramByHand } from '../../local/ram-by-hand.ts';
import type { Document } from '../../shared/catalogue/document.ts';
import { senderRole } from '../../shared/installation/requester-permissions.ts';
import { testCloud } from '../kit/test-cloud.ts';
import { AT } from './at.ts';
import type { Errand } from './errand.ts';
import { REQUESTER, under } from './ground.ts';

/** A cloud with a RAM user of whom only the rights differ from run to run. */
export interface Stage {
  /**
   * Runs the errand as somebody with exactly these rights. `sender`: what the role may do that requests are sent under.
   * Throws what the errand throws.
   */
  run(permission: Document, sender?: Document): Promise<void>;
  close(): Promise<void>;
}

const POLICY = 'person';
const NOTHING: Document = {
  Statement: [{ Action: 'none:Nothing', Effect: 'Allow', Resource: '*' }],
  Version: '1',
};

export async function openStage(errand: Errand, side: 'owner' | 'requester'): Promise<Stage> {
  const cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    ...(errand.empty === true ? { empty: true, timers: 'scheduled' as const } : {}),
  });
  const { world, owner } = cloud;
  await errand.prepare?.(cloud);
  const account = cloud[side];
  const byHand = (operation: string, parameters: Readonly<Record<string, string>>) =>
    ramByHand(world, account, operation, parameters);
  await byHand('CreateUser', { UserName: POLICY });
  await byHand('CreatePolicy', { PolicyName: POLICY, PolicyDocument: JSON.stringify(NOTHING) });
  await byHand('AttachPolicyToUser', { PolicyName: POLICY, PolicyType: 'Custom', UserName: POLICY });
  const user = account.ram.findUser(POLICY);
  if (user === undefined) throw new Error('the user was not made');
  const { id: accessKeyId, secret: accessKeySecret } = account.ram.addAccessKey(user);
  const { name, permission: right } = senderRole(AT, REQUESTER);
  return {
    run: (permission, sender) =>
      under({ world, account, name: POLICY, right: NOTHING }, permission, () => {
        const run = () => errand.run(cloud, { accessKeyId, accessKeySecret });
        return sender === undefined ? run() : under({ world, account: owner, name, right }, sender, run);
      }),
    close: () => cloud.close(),
  };
}
