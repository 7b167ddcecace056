import { mnsError } from '../errors.ts';
import type { Delivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';
import { checkPushRole } from './session.ts';

type QueueEndpoint = Extract<Endpoint, { type: 'queue' }>;

/**
 * Puts the notification into the queue. A queue of another account, or a subscription with a role, needs the role:
 * one of the queue's account that trusts the topic's owner and may `mns:SendMessage` on the queue.
 */
export function pushToQueue(
  { world, account, subscription, message }: Delivery,
  to: QueueEndpoint,
  content: string,
): void {
  const { stsRoleArn } = subscription.attributes;
  if (stsRoleArn !== null) {
    checkPushRole(world, {
      topicOwner: account.uid,
      roleArn: stsRoleArn,
      action: 'mns:SendMessage',
      resource: `acs:mns:${world.region}:${to.uid}:/queues/${to.queueName}/messages`,
      resourceOwner: to.uid,
    });
  }
  if (stsRoleArn === null && to.uid !== account.uid) {
    throw mnsError(
      'AccessDenied',
      `a queue of account ${to.uid} takes nothing from ${account.uid} without a role.`,
    );
  }
  // That the properties of a message reach the queue with it is inferred.
  world.account(to.uid).mns.queue(to.queueName).send({ body: content, extras: message.extras });
}
