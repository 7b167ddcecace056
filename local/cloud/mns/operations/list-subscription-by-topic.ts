import { baseUrl } from '../answer.ts';
import { listPage, withMeta } from '../listing.ts';
import type { MnsOperation } from '../operation.ts';
import { subscriptionTree } from '../shown.ts';
import { findSubscription } from '../subscriptions.ts';

/** With the attributes of each where `x-mns-with-meta` asks for them. */
export const listSubscriptionByTopic: MnsOperation = {
  name: 'ListSubscriptionByTopic',
  kind: 'read',
  page: 'ListSubscriptionByTopic',
  method: 'GET',
  path: '/topics/:topic/subscriptions',
  run(call) {
    const { account } = call;
    const topic = account.mns.topic(call.names.topic);
    const page = listPage(call, topic.subscriptions.keys());
    const url = `${baseUrl(call)}/topics/${topic.name}/subscriptions`;
    const meta = (name: string) =>
      subscriptionTree(account, topic, findSubscription(account, topic.name, name));
    const Subscription = page.names.map((name) => ({
      SubscriptionURL: `${url}/${name}`,
      ...(withMeta(call) ? meta(name) : {}),
    }));
    return {
      status: 200,
      xml: { root: 'Subscriptions', tree: { Subscription, NextMarker: page.nextMarker } },
    };
  },
};
