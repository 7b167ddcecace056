import { baseUrl } from '../answer.ts';
import { listPage } from '../listing.ts';
import type { MnsOperation } from '../operation.ts';

export const listSubscriptionByTopic: MnsOperation = {
  name: 'ListSubscriptionByTopic',
  kind: 'read',
  page: 'ListSubscriptionByTopic',
  method: 'GET',
  path: '/topics/:topic/subscriptions',
  run(call) {
    const topic = call.account.mns.topic(call.names.topic);
    const page = listPage(call, topic.subscriptions.keys());
    const url = `${baseUrl(call)}/topics/${topic.name}/subscriptions`;
    const Subscription = page.names.map((name) => ({ SubscriptionURL: `${url}/${name}` }));
    return {
      status: 200,
      xml: { root: 'Subscriptions', tree: { Subscription, NextMarker: page.nextMarker } },
    };
  },
};
