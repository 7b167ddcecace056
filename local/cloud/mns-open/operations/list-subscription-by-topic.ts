import * as z from 'zod';
import { mnsOpenOperation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { name, paging } from '../parameters.ts';
import { showSubscription } from '../subscription.ts';

/** The subscriptions of a topic whose names contain `SubscriptionName`. */
export const listSubscriptionByTopic = mnsOpenOperation({
  name: 'ListSubscriptionByTopic',
  kind: 'read',
  input: z.object({ ...paging, TopicName: name, SubscriptionName: z.string().optional() }),
  path: ({ TopicName }) => `/topics/${TopicName}/subscriptions`,
  run(input, { account }) {
    const topic = account.mns.topic(input.TopicName);
    return pageOf(topic.subscriptions.values(), input.SubscriptionName, input, (one) =>
      showSubscription(topic.name, account.uid, one),
    );
  },
});
