import * as z from 'zod';
import type { SubscriptionAttributes } from '../mns/attributes.ts';
import type { Subscription } from '../mns/topic.ts';
import { deadLetterTarget } from './dead-letters.ts';
import { jsonOf, loose, name } from './parameters.ts';

export const subscriptionNames = { TopicName: name, SubscriptionName: name };

export const pathOf = (input: { readonly TopicName: string; readonly SubscriptionName: string }): string =>
  `/topics/${input.TopicName}/subscriptions/${input.SubscriptionName}`;

const policy = jsonOf(
  z.object({ Enabled: loose.flag.default(false), DeadLetterTargetQueue: z.string().optional() }),
);

/** The queue of the topic's account that takes what could not be pushed; null for none. */
export const deadLetters = policy.transform(deadLetterTarget);

/** A subscription as it is shown: the tag under another name than it was sent, and the role never. */
export function showSubscription(topicName: string, owner: string, subscription: Subscription): object {
  const { attributes, createdAt, modifiedAt } = subscription;
  return {
    TopicOwner: owner,
    TopicName: topicName,
    SubscriptionName: subscription.name,
    Endpoint: attributes.endpoint,
    FilterTag: attributes.filterTag ?? '',
    NotifyStrategy: attributes.notifyStrategy,
    NotifyContentFormat: attributes.notifyContentFormat,
    CreateTime: Math.floor(createdAt / 1000),
    LastModifyTime: Math.floor(modifiedAt / 1000),
    DlqPolicy: showDeadLetters(attributes),
  };
}

const showDeadLetters = ({ deadLetterQueue }: SubscriptionAttributes): object =>
  deadLetterQueue === null ? { Enabled: false } : { Enabled: true, DeadLetterTargetQueue: deadLetterQueue };
