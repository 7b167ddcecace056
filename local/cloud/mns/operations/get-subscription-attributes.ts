import type { MnsOperation } from '../operation.ts';
import { findSubscription } from '../subscriptions.ts';

/** Times of creation and change are in seconds since the epoch. The role is never shown. */
export const getSubscriptionAttributes: MnsOperation = {
  name: 'GetSubscriptionAttributes',
  kind: 'read',
  page: 'GetSubscriptionAttributes',
  method: 'GET',
  path: '/topics/:topic/subscriptions/:subscription',
  run({ account, names }) {
    const { attributes, createdAt, modifiedAt, name } = findSubscription(
      account,
      names.topic,
      names.subscription,
    );
    const tree = {
      SubscriptionName: name,
      Subscriber: account.uid,
      TopicOwner: account.uid,
      TopicName: names.topic,
      Endpoint: attributes.endpoint,
      NotifyStrategy: attributes.notifyStrategy,
      NotifyContentFormat: attributes.notifyContentFormat,
      FilterTag: attributes.filterTag ?? undefined,
      CreateTime: Math.floor(createdAt / 1000),
      LastModifyTime: Math.floor(modifiedAt / 1000),
    };
    return { status: 200, xml: { root: 'Subscription', tree } };
  },
};
