import type { Millis } from '../runtime/millis.ts';

/** One message, out of whatever envelope it came in. */
export interface Delivery {
  readonly body: string;
  readonly messageId: string;
  /** The broker's time of the message: what decides between requests. Never the sender's word. */
  readonly publishedAt: Millis;
  /** Name of the topic that it was published to; null for a queue. */
  readonly topic: string | null;
}
