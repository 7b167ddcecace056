import * as z from 'zod';
import { NOTIFY_CONTENT_FORMATS, NOTIFY_STRATEGIES } from '../../mns/attributes.ts';
import { mnsError } from '../../mns/errors.ts';
import { ensureSubscription } from '../../mns/subscriptions.ts';
import { mnsOpenOperation } from '../operation.ts';
import { deadLetters, pathOf, subscriptionNames } from '../subscription.ts';

/** The form of an endpoint by how it is pushed to. Of a queue with a slash, where the XML API has none. */
const ENDPOINTS = { queue: /^acs:mns:[^:]+:\d+:\/queues\//, http: /^https?:\/\// } as const;

/** Whether the endpoint exists, and the role lets the push in, shows only when something is pushed. */
export const subscribe = mnsOpenOperation({
  name: 'Subscribe',
  kind: 'write',
  input: z.object({
    ...subscriptionNames,
    PushType: z.enum(['queue', 'http'], { error: 'The local cloud pushes to queues and http addresses.' }),
    Endpoint: z.string().min(1),
    MessageTag: z.string().optional(),
    NotifyStrategy: z.enum(NOTIFY_STRATEGIES).optional(),
    NotifyContentFormat: z.enum(NOTIFY_CONTENT_FORMATS).exclude(['STREAM']).optional(),
    DlqPolicy: deadLetters.optional(),
    StsRoleArn: z.string().optional(),
  }),
  path: pathOf,
  // Source: page "RAM authorization" of Simple Message Queue.
  conditions: ({ PushType }) => ({ 'mns:pushtype': PushType }),
  run(input, { world, account }) {
    if (!ENDPOINTS[input.PushType].test(input.Endpoint))
      throw mnsError('EndpointInvalid', `The endpoint is not one of the push type ${input.PushType}.`);
    ensureSubscription(world, account, input.TopicName, input.SubscriptionName, {
      endpoint: input.Endpoint,
      // Clients send an empty text for "no filter" and "no role".
      filterTag: input.MessageTag || undefined,
      stsRoleArn: input.StsRoleArn || undefined,
      notifyStrategy: input.NotifyStrategy,
      notifyContentFormat: input.NotifyContentFormat,
      deadLetterQueue: input.DlqPolicy ?? undefined,
    });
    return undefined;
  },
});
