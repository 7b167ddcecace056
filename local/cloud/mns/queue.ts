import { type Clock, type Millis, millis } from '../../../shared/runtime/clock.ts';
import type { QueueAttributes } from './attributes.ts';
import type { DeliveryOrder } from './delivery-order.ts';
import { messageNotExist } from './errors.ts';
import { type NewMessage, type StoredMessage, storedMessage } from './message.ts';
import { Messages } from './messages.ts';
import { assertHandle, makeHandle } from './receipt-handle.ts';
import { Signal } from './signal.ts';

/** What a queue needs from the account that it is in. */
export interface QueueSurroundings {
  readonly clock: Clock;
  disorder(): DeliveryOrder;
  nextMessageId(): string;
  nextSequence(): number;
  /** The queue of that name, for dead letters. */
  findQueue(name: string): Queue | undefined;
}

/** A queue and its messages. Every method first forgets what has outlived its retention. */
export class Queue {
  readonly name: string;
  readonly createdAt: Millis;
  modifiedAt: Millis;
  tags: ReadonlyMap<string, string> = new Map();
  readonly #around: QueueSurroundings;
  #attributes: QueueAttributes;
  readonly #messages = new Messages();
  readonly #change = new Signal();
  #deleted = false;

  constructor(name: string, attributes: QueueAttributes, around: QueueSurroundings) {
    this.name = name;
    this.#attributes = attributes;
    this.#around = around;
    this.createdAt = around.clock.now();
    this.modifiedAt = this.createdAt;
  }

  get attributes(): QueueAttributes {
    return this.#attributes;
  }

  set attributes(attributes: QueueAttributes) {
    this.#attributes = attributes;
    this.modifiedAt = this.#around.clock.now();
  }

  /** Everything in the queue that has not expired, oldest first: for tests. */
  get messages(): readonly StoredMessage[] {
    return this.#settled().all();
  }

  /** Puts a message in. It has no limits of its own: the operations check them. */
  send(message: NewMessage): StoredMessage {
    const id = this.#around.nextMessageId();
    const copies = this.#around.disorder().copies();
    const stored = this.#store(id, message);
    for (let copy = 1; copy < copies; copy += 1) this.#store(id, message);
    this.#change.announce();
    return stored;
  }

  /** Takes up to `count` messages and hides them for the visibility timeout. */
  receive(count: number): StoredMessage[] {
    const taken: StoredMessage[] = [];
    const messages = this.#settled();
    while (taken.length < count) {
      const message = this.#next(messages);
      if (message === undefined) break;
      if (this.#moveToDeadLetters(message)) continue;
      message.dequeueCount += 1;
      message.firstDequeuedAt ??= this.#around.clock.now();
      this.#hide(message, this.#attributes.visibilityTimeout);
      taken.push(message);
    }
    return taken;
  }

  /** Up to `count` messages that could be received now, untouched. */
  peek(count: number): readonly StoredMessage[] {
    return this.#settled().first(count);
  }

  /** Throws `ReceiptHandleError` for what is no handle, `MessageNotExist` for one that is no longer good. */
  delete(handle: string): void {
    this.#messages.remove(this.#held(handle));
  }

  /** `seconds` from now the message can be received again; the old handle is worth nothing any more. */
  changeVisibility(handle: string, seconds: number): StoredMessage {
    const message = this.#held(handle);
    this.#hide(message, seconds);
    this.#change.announce();
    return message;
  }

  /** Numbers of messages that can be received, that somebody holds, and whose delay has not ended. */
  counts(): Messages['counts'] {
    return this.#settled().counts;
  }

  /** Resolves at the next change that may let a waiting receive find something. */
  get change(): Promise<void> {
    return this.#change.next;
  }

  /** Milliseconds until a message that is hidden now can be received; Infinity if there is none. */
  get untilVisible(): number {
    const { nextShown } = this.#settled();
    return nextShown === null ? Number.POSITIVE_INFINITY : nextShown - this.#around.clock.now();
  }

  get deleted(): boolean {
    return this.#deleted;
  }

  markDeleted(): void {
    this.#deleted = true;
    this.#change.announce();
  }

  #settled(): Messages {
    this.#messages.settle(this.#around.clock.now());
    return this.#messages;
  }

  #store(id: string, message: NewMessage): StoredMessage {
    const now = this.#around.clock.now();
    const { delaySeconds, messageRetentionPeriod } = this.#attributes;
    const delay = message.delaySeconds ?? delaySeconds;
    const expiresAt = millis(now + (delay + messageRetentionPeriod) * 1000);
    const stored = storedMessage(id, this.#around.nextSequence(), message, now, expiresAt);
    this.#messages.add(stored);
    // The vendor hands out a handle with a delayed message, so that its sender can take it back.
    if (delay > 0) this.#hide(stored, delay);
    return stored;
  }

  /** The oldest of the highest priority, unless disorder picks another, which costs a look at all. */
  #next(messages: Messages): StoredMessage | undefined {
    const { active } = messages.counts;
    if (active === 0) return undefined;
    const place = this.#around.disorder().pick(active);
    return place === 0 ? messages.next : messages.first(place + 1).at(-1);
  }

  #hide(message: StoredMessage, seconds: number): void {
    const until = millis(this.#around.clock.now() + seconds * 1000);
    this.#messages.hide(message, until, makeHandle);
  }

  #held(handle: string): StoredMessage {
    assertHandle(handle);
    const message = this.#settled().held(handle);
    if (message === undefined) throw messageNotExist();
    return message;
  }

  #moveToDeadLetters(message: StoredMessage): boolean {
    const policy = this.#attributes.dlqPolicy;
    if (policy === null || message.dequeueCount < policy.maxReceiveCount) return false;
    const target = this.#around.findQueue(policy.deadLetterTargetQueue);
    if (target === undefined) return false;
    this.#messages.remove(message);
    const { body, priority, extras } = message;
    target.send({ body, delaySeconds: 0, priority, extras });
    return true;
  }
}
