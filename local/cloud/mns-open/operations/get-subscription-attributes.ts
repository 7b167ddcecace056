import * as z from 'zod';
import { findSubscription } from '../../mns/subscriptions.ts';
import { mnsOpenOperation } from '../operation.ts';
import { pathOf, showSubscription, subscriptionNames } from '../subscription.ts';

/** Errors: `TopicNotExist`, `SubscriptionNotExist`, both 404. The role is not in the answer. */
export const getSubscriptionAttributes = mnsOpenOperation({
  name: 'GetSubscriptionAttributes',
  kind: 'read',
  input: z.object(subscriptionNames),
  path: pathOf,
  run: ({ TopicName, SubscriptionName }, { account }) =>
    showSubscription(TopicName, account.uid, findSubscription(account, TopicName, SubscriptionName)),
});
