import type { Millis } from '../../../shared/runtime/clock.ts';
import { md5Hex } from './ids.ts';
import { type MessageExtras, NO_EXTRAS } from './properties.ts';

const DEFAULT_PRIORITY = 8;

/** What a sender says. `delaySeconds` undefined takes the queue's. */
export interface NewMessage {
  readonly body: string;
  /** 0 to 604,800 s (7 days). */
  readonly delaySeconds?: number | undefined;
  /** 1 (first) to 16. */
  readonly priority?: number | undefined;
  readonly extras?: MessageExtras | undefined;
}

/** A message in a queue. */
export interface StoredMessage {
  readonly id: string;
  /** Order of arrival in this account. */
  readonly sequence: number;
  readonly body: string;
  readonly bodyMd5: string;
  readonly extras: MessageExtras;
  readonly priority: number;
  readonly enqueuedAt: Millis;
  /** From this instant on the message is gone. */
  readonly expiresAt: Millis;
  /** From this instant on it can be received. */
  visibleAt: Millis;
  firstDequeuedAt: Millis | null;
  dequeueCount: number;
  /** The one handle that may delete it or change its visibility; null before there is one. */
  handle: string | null;
  /** How many handles were made for it: no two are alike. */
  handles: number;
}

/** A message as it arrives: visible at once, never received. */
export function storedMessage(
  id: string,
  sequence: number,
  { body, priority, extras }: NewMessage,
  now: Millis,
  expiresAt: Millis,
): StoredMessage {
  return {
    id,
    sequence,
    body,
    bodyMd5: md5Hex(body),
    extras: extras ?? NO_EXTRAS,
    priority: priority ?? DEFAULT_PRIORITY,
    enqueuedAt: now,
    expiresAt,
    visibleAt: now,
    firstDequeuedAt: null,
    dequeueCount: 0,
    handle: null,
    handles: 0,
  };
}
