import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { pathOf, subscriptionNames } from '../subscription.ts';

/** One that is not there is away. `TopicNotExist` 404 without the topic. */
export const unsubscribe = mnsOpenOperation({
  name: 'Unsubscribe',
  kind: 'write',
  input: z.object(subscriptionNames),
  path: pathOf,
  run({ TopicName, SubscriptionName }, { account }) {
    account.mns.topic(TopicName).subscriptions.delete(SubscriptionName);
    return undefined;
  },
});
