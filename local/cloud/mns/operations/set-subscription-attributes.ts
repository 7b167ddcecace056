import { NOTIFY_STRATEGIES } from '../attributes.ts';
import { expectRoot, fieldsOf, oneOf } from '../fields.ts';
import type { MnsOperation } from '../operation.ts';
import { assertMetaOverride } from '../query.ts';
import { findSubscription } from '../subscriptions.ts';
import { readXml } from '../xml/read.ts';

/** `NotifyStrategy` is all that can be changed. Deliveries under way keep the one that they began with. */
export const setSubscriptionAttributes: MnsOperation = {
  name: 'SetSubscriptionAttributes',
  kind: 'write',
  page: 'SetSubscriptionAttributes',
  method: 'PUT',
  path: '/topics/:topic/subscriptions/:subscription',
  query: { required: ['metaoverride'] },
  run({ world, account, names, request, query }) {
    assertMetaOverride(query);
    const subscription = findSubscription(account, names.topic, names.subscription);
    const fields = fieldsOf(expectRoot(readXml(request.body), 'Subscription'), ['NotifyStrategy']);
    const { attributes } = subscription;
    const notifyStrategy = oneOf(fields, 'NotifyStrategy', NOTIFY_STRATEGIES) ?? attributes.notifyStrategy;
    subscription.attributes = { ...attributes, notifyStrategy };
    subscription.modifiedAt = world.clock.now();
    return { status: 204 };
  },
};
