import type { Millis } from '../../../shared/runtime/clock.ts';
import type { SubscriptionAttributes, TopicAttributes } from './attributes.ts';
import type { MessageExtras } from './properties.ts';

export interface Topic {
  readonly name: string;
  attributes: TopicAttributes;
  readonly createdAt: Millis;
  modifiedAt: Millis;
  tags: ReadonlyMap<string, string>;
  readonly subscriptions: Map<string, Subscription>;
}

export interface Subscription {
  readonly name: string;
  attributes: SubscriptionAttributes;
  readonly createdAt: Millis;
  modifiedAt: Millis;
}

/** A message as it was published. */
export interface PublishedMessage {
  readonly id: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly tag: string | null;
  readonly extras: MessageExtras;
  /** `MessageAttributes` by name, `DirectMail` for one: handed on in the JSON form of notifications. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly publishedAt: Millis;
}

/** A push that has failed at least once. It leaves the list when a retry succeeds. */
export interface Undelivered {
  readonly topicName: string;
  readonly subscriptionName: string;
  readonly endpoint: string;
  readonly message: PublishedMessage;
  attempts: number;
  lastError: { readonly code: string; readonly message: string };
  /** Null once it is given up. */
  nextAttemptAt: Millis | null;
}
