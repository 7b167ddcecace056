import { NOTIFY_CONTENT_FORMATS, NOTIFY_STRATEGIES } from '../attributes.ts';
import { expectRoot, fieldsOf, invalidArgument, oneOf, text } from '../fields.ts';
import type { MnsOperation } from '../operation.ts';
import { ensureSubscription } from '../subscriptions.ts';
import { readXml } from '../xml/read.ts';

const FIELDS = ['Endpoint', 'FilterTag', 'NotifyStrategy', 'NotifyContentFormat', 'StsRoleArn'];

/** 201, or 204 if the same subscription is there. Whether the endpoint exists shows only when something is delivered. */
export const subscribe: MnsOperation = {
  name: 'Subscribe',
  kind: 'write',
  page: 'Subscribe',
  method: 'PUT',
  path: '/topics/:topic/subscriptions/:subscription',
  run({ world, account, names, request }) {
    account.mns.topic(names.topic);
    const fields = fieldsOf(expectRoot(readXml(request.body), 'Subscription'), FIELDS);
    const endpoint = text(fields, 'Endpoint')?.trim();
    if (endpoint === undefined) throw invalidArgument('Endpoint is required.');
    const { created } = ensureSubscription(world, account, names.topic, names.subscription, {
      endpoint,
      // Clients send an empty element for "no filter" and "no role".
      filterTag: text(fields, 'FilterTag') || undefined,
      notifyStrategy: oneOf(fields, 'NotifyStrategy', NOTIFY_STRATEGIES),
      notifyContentFormat: oneOf(fields, 'NotifyContentFormat', NOTIFY_CONTENT_FORMATS),
      stsRoleArn: text(fields, 'StsRoleArn')?.trim() || undefined,
    });
    const location = `/topics/${names.topic}/subscriptions/${names.subscription}`;
    return { status: created ? 201 : 204, location };
  },
};
