import type { MnsOperation } from '../operation.ts';
import { subscriptionTree } from '../shown.ts';
import { findSubscription } from '../subscriptions.ts';

/** The role is never shown. */
export const getSubscriptionAttributes: MnsOperation = {
  name: 'GetSubscriptionAttributes',
  kind: 'read',
  page: 'GetSubscriptionAttributes',
  method: 'GET',
  path: '/topics/:topic/subscriptions/:subscription',
  run({ account, names }) {
    const subscription = findSubscription(account, names.topic, names.subscription);
    const tree = subscriptionTree(account, account.mns.topic(names.topic), subscription);
    return { status: 200, xml: { root: 'Subscription', tree } };
  },
};
