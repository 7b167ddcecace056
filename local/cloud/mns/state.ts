import type { Clock } from '../../../shared/runtime/clock.ts';
import { QUEUE_DEFAULTS, type QueueAttributes, TOPIC_DEFAULTS, type TopicAttributes } from './attributes.ts';
import { type DeliveryOrder, inOrder } from './delivery-order.ts';
import { queueNotExist, topicNotExist } from './errors.ts';
import { IdSource, md5Hex } from './ids.ts';
import { Queue } from './queue.ts';
import type { PublishedMessage, Topic, Undelivered } from './topic.ts';

/** Queues and topics of one account, and what its topics could not deliver. */
export class MnsState {
  readonly queues = new Map<string, Queue>();
  readonly topics = new Map<string, Topic>();
  /** Pushes that failed: waiting for a retry (`nextAttemptAt`), or given up (`nextAttemptAt` null). */
  readonly undelivered: Undelivered[] = [];
  /** What SetAccountAttributes has set. */
  loggingBucket = '';
  /** Where the door of the account shows the certificate of pushes; null without a door. */
  certificateUrl: string | null = null;
  /** Set it to have messages arrive twice and out of order. */
  disorder: DeliveryOrder = inOrder;
  readonly ids: IdSource;
  readonly #clock: Clock;
  readonly #deliveries = new Set<Promise<void>>();
  #sequence = 0;

  constructor(uid: string, clock: Clock) {
    this.#clock = clock;
    this.ids = new IdSource(`mns/${uid}`);
  }

  /** Throws `QueueNotExist` 404. */
  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw queueNotExist();
    return queue;
  }

  /** Throws `TopicNotExist` 404. */
  topic(name: string): Topic {
    const topic = this.topics.get(name);
    if (topic === undefined) throw topicNotExist();
    return topic;
  }

  addQueue(name: string, attributes: QueueAttributes = QUEUE_DEFAULTS): Queue {
    const queue = new Queue(name, attributes, {
      clock: this.#clock,
      disorder: () => this.disorder,
      nextMessageId: () => this.ids.messageId(),
      nextSequence: () => {
        this.#sequence += 1;
        return this.#sequence;
      },
      findQueue: (other) => this.queues.get(other),
    });
    this.queues.set(name, queue);
    return queue;
  }

  removeQueue(name: string): void {
    this.queues.get(name)?.markDeleted();
    this.queues.delete(name);
  }

  addTopic(name: string, attributes: TopicAttributes = TOPIC_DEFAULTS): Topic {
    const now = this.#clock.now();
    const topic: Topic = {
      name,
      attributes,
      createdAt: now,
      modifiedAt: now,
      tags: new Map(),
      subscriptions: new Map(),
    };
    this.topics.set(name, topic);
    return topic;
  }

  /** A message that was just published, with its id and time. */
  published(content: Pick<PublishedMessage, 'body' | 'tag' | 'extras' | 'attributes'>): PublishedMessage {
    const publishedAt = this.#clock.now();
    return { ...content, id: this.ids.messageId(), bodyMd5: md5Hex(content.body), publishedAt };
  }

  /** Keeps track of a delivery that runs in the background. It must not reject. */
  track(delivery: Promise<void>): void {
    const tracked = delivery.finally(() => this.#deliveries.delete(tracked));
    this.#deliveries.add(tracked);
  }

  /** Deliveries under way, those that wait for a retry included. */
  get pending(): number {
    return this.#deliveries.size;
  }

  /** Resolves when the deliveries that are under way now have ended: delivered or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#deliveries);
  }
}
