import { NOTIFY_CONTENT_FORMATS, NOTIFY_STRATEGIES } from '../attributes.ts';
import { mnsError } from '../errors.ts';
import { expectRoot, fieldsOf, invalidArgument, oneOf, text } from '../fields.ts';
import type { MnsOperation } from '../operation.ts';
import { ensureSubscription } from '../subscriptions.ts';
import { readXml } from '../xml/read.ts';

/** `StsRoleArn` is read over: it is a field of the control API, and no SDK of this one sends it. */
const FIELDS = ['Endpoint', 'FilterTag', 'NotifyStrategy', 'NotifyContentFormat', 'StsRoleArn'];

/**
 * 201, or 204 if the same subscription is there. Whether the endpoint exists shows only when something is delivered, and
 * to a queue of another account nothing ever is: a subscription made here has no role.
 */
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
    if (endpoint.includes(':/queues/'))
      throw mnsError('EndpointInvalid', 'The ARN of a queue has no slash before "queues" here.');
    const { created } = ensureSubscription(world, account, names.topic, names.subscription, {
      endpoint,
      // Clients send an empty element for "no filter".
      filterTag: text(fields, 'FilterTag') || undefined,
      notifyStrategy: oneOf(fields, 'NotifyStrategy', NOTIFY_STRATEGIES),
      notifyContentFormat: oneOf(fields, 'NotifyContentFormat', NOTIFY_CONTENT_FORMATS),
    });
    const location = `/topics/${names.topic}/subscriptions/${names.subscription}`;
    return { status: created ? 201 : 204, location };
  },
};
