import * as z from 'zod';
import { NOTIFY_STRATEGIES } from '../../mns/attributes.ts';
import { checkDeadLetterQueue, findSubscription } from '../../mns/subscriptions.ts';
import { mnsOpenOperation } from '../operation.ts';
import { deadLetters, pathOf, subscriptionNames } from '../subscription.ts';

/** Strategy and dead letters are all that can be changed: not the endpoint, not the filter, not the role. */
export const setSubscriptionAttributes = mnsOpenOperation({
  name: 'SetSubscriptionAttributes',
  kind: 'write',
  input: z.object({
    ...subscriptionNames,
    NotifyStrategy: z.enum(NOTIFY_STRATEGIES).optional(),
    DlqPolicy: deadLetters.optional(),
  }),
  path: pathOf,
  run(input, { world, account }) {
    const subscription = findSubscription(account, input.TopicName, input.SubscriptionName);
    const { attributes } = subscription;
    const deadLetterQueue = input.DlqPolicy === undefined ? attributes.deadLetterQueue : input.DlqPolicy;
    checkDeadLetterQueue(account, deadLetterQueue);
    subscription.attributes = {
      ...attributes,
      notifyStrategy: input.NotifyStrategy ?? attributes.notifyStrategy,
      deadLetterQueue,
    };
    subscription.modifiedAt = world.clock.now();
    return undefined;
  },
});
