export { type DeliveryOrder, seededDeliveryOrder } from './delivery-order.ts';
export { handleMns } from './handle.ts';
export {
  createQueue,
  createTopic,
  isMnsIdle,
  mnsIdle,
  publishToTopic,
  sendToQueue,
  subscribe,
} from './in-process.ts';
export type { SubscriptionRequest } from './subscriptions.ts';
