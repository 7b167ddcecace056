import type { Millis } from '../runtime/millis.ts';

/** One message, whatever kind of event it came in. */
export interface Delivery {
  readonly body: string;
  readonly messageId: string;
  /** The broker's time of the message. It decides which of two requests is newer; the sender cannot choose it. */
  readonly publishedAt: Millis;
  /** Name of the topic that it was published to; null for a queue. */
  readonly topic: string | null;
}
