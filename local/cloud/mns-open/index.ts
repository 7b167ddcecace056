import type { RpcOperation } from '../operation.ts';
import { createQueue } from './operations/create-queue.ts';
import { createTopic } from './operations/create-topic.ts';
import { deleteQueue } from './operations/delete-queue.ts';
import { deleteTopic } from './operations/delete-topic.ts';
import { getQueueAttributes } from './operations/get-queue-attributes.ts';
import { getSubscriptionAttributes } from './operations/get-subscription-attributes.ts';
import { getTopicAttributes } from './operations/get-topic-attributes.ts';
import { listQueue } from './operations/list-queue.ts';
import { listSubscriptionByTopic } from './operations/list-subscription-by-topic.ts';
import { listTagResources } from './operations/list-tag-resources.ts';
import { listTopic } from './operations/list-topic.ts';
import { setQueueAttributes } from './operations/set-queue-attributes.ts';
import { setSubscriptionAttributes } from './operations/set-subscription-attributes.ts';
import { setTopicAttributes } from './operations/set-topic-attributes.ts';
import { subscribe } from './operations/subscribe.ts';
import { tagResources } from './operations/tag-resources.ts';
import { unsubscribe } from './operations/unsubscribe.ts';
import { untagResources } from './operations/untag-resources.ts';

/** The operations of the control API of the queue service, `mns-open` 2022-01-19, that this cloud knows. */
export const mnsOpenOperations: readonly RpcOperation[] = [
  createQueue,
  createTopic,
  deleteQueue,
  deleteTopic,
  getQueueAttributes,
  getSubscriptionAttributes,
  getTopicAttributes,
  listQueue,
  listSubscriptionByTopic,
  listTagResources,
  listTopic,
  setQueueAttributes,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  tagResources,
  unsubscribe,
  untagResources,
];
