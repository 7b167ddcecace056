import type { MnsOperation } from '../operation.ts';
import { batchDeleteMessage } from './batch-delete-message.ts';
import { batchPeekMessage } from './batch-peek-message.ts';
import { batchReceiveMessage } from './batch-receive-message.ts';
import { batchSendMessage } from './batch-send-message.ts';
import { changeMessageVisibility } from './change-message-visibility.ts';
import { createQueue } from './create-queue.ts';
import { createTopic } from './create-topic.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteQueue } from './delete-queue.ts';
import { deleteTopic } from './delete-topic.ts';
import { getAccountAttributes } from './get-account-attributes.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { getSubscriptionAttributes } from './get-subscription-attributes.ts';
import { getTopicAttributes } from './get-topic-attributes.ts';
import { listQueue } from './list-queue.ts';
import { listSubscriptionByTopic } from './list-subscription-by-topic.ts';
import { listTopic } from './list-topic.ts';
import { peekMessage } from './peek-message.ts';
import { publishMessage } from './publish-message.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { setAccountAttributes } from './set-account-attributes.ts';
import { setQueueAttributes } from './set-queue-attributes.ts';
import { setSubscriptionAttributes } from './set-subscription-attributes.ts';
import { setTopicAttributes } from './set-topic-attributes.ts';
import { subscribe } from './subscribe.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every operation of the HTTP API 2015-06-06 that this endpoint answers. */
export const mnsOperations: readonly MnsOperation[] = [
  batchDeleteMessage,
  batchPeekMessage,
  batchReceiveMessage,
  batchSendMessage,
  changeMessageVisibility,
  createQueue,
  createTopic,
  deleteMessage,
  deleteQueue,
  deleteTopic,
  getAccountAttributes,
  getQueueAttributes,
  getSubscriptionAttributes,
  getTopicAttributes,
  listQueue,
  listSubscriptionByTopic,
  listTopic,
  peekMessage,
  publishMessage,
  receiveMessage,
  sendMessage,
  setAccountAttributes,
  setQueueAttributes,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  unsubscribe,
];
