import type { Account, World } from '../../world.ts';
import type { PublishedMessage, Subscription, Topic } from '../topic.ts';

/** One message on its way to one subscription. `account` owns the topic and the subscription. */
export interface Delivery {
  readonly world: World;
  readonly account: Account;
  readonly topic: Topic;
  readonly subscription: Subscription;
  readonly message: PublishedMessage;
}
