import type { Caller } from '../../caller.ts';
import { authorize } from '../../evaluate/index.ts';
import { assumeAsService } from '../../sts/session.ts';
import type { World } from '../../world.ts';
import { mnsError } from '../errors.ts';

export interface PushPermission {
  /** The account whose topic pushes: MNS acts as `<uid>@mns.aliyuncs.com`. */
  readonly topicOwner: string;
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  /** The account that the resource is in: a role of another account has no say over it, whatever its policies say. */
  readonly resourceOwner: string;
}

/**
 * Takes the role of a subscription as MNS does, and asks whether it may do what the push needs.
 * Throws what STS and the evaluation throw, and `AccessDenied` for a role of the wrong account.
 */
export function checkPushRole(world: World, push: PushPermission): void {
  const credentials = assumeAsService(world, {
    service: `${push.topicOwner}@mns.aliyuncs.com`,
    roleArn: push.roleArn,
    sessionName: 'mns-push',
    durationSeconds: 900,
  });
  const session = world.sts.session(credentials.accessKeyId);
  if (session === undefined) throw new Error(`STS does not know the session it made for ${push.roleArn}`);
  if (session.accountId !== push.resourceOwner) {
    throw mnsError('AccessDenied', `${push.roleArn} is not a role of account ${push.resourceOwner}.`);
  }
  const { accountId, accessKeyId, principal } = session;
  const caller: Caller = { accountId, accessKeyId, principal };
  authorize(world, caller, { action: push.action, resource: push.resource });
}
