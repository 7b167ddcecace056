import { fieldsOf, integer, invalidArgument, text } from './fields.ts';
import type { NewMessage, StoredMessage } from './message.ts';
import { EXTRA_FIELDS, extrasTree, readExtras } from './properties.ts';
import type { XmlElement } from './xml/read.ts';
import type { XmlTree } from './xml/write.ts';

/** Reads a `<Message>` for a queue; its limits are not checked here but for the numbers. Throws `InvalidArgument`. */
export function readMessage(element: XmlElement): NewMessage {
  const fields = fieldsOf(element, ['MessageBody', 'DelaySeconds', 'Priority', ...EXTRA_FIELDS]);
  const body = text(fields, 'MessageBody');
  if (body === undefined) throw invalidArgument('MessageBody is required.');
  return {
    body,
    delaySeconds: integer(fields, 'DelaySeconds', 0, 604_800),
    priority: integer(fields, 'Priority', 1, 16),
    extras: readExtras(fields),
  };
}

/** The answer to a send: a handle comes only with a delayed message, for taking it back. */
export function sentTree(message: StoredMessage): XmlTree {
  return {
    MessageId: message.id,
    MessageBodyMD5: message.bodyMd5,
    ReceiptHandle: message.handle ?? undefined,
    MessageGroupId: message.extras.groupId ?? undefined,
  };
}

/** Times in ms since the epoch. */
export function receivedTree(message: StoredMessage): XmlTree {
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle ?? undefined,
    MessageBody: message.body,
    MessageBodyMD5: message.bodyMd5,
    EnqueueTime: message.enqueuedAt,
    NextVisibleTime: message.visibleAt,
    FirstDequeueTime: message.firstDequeuedAt ?? message.enqueuedAt,
    DequeueCount: message.dequeueCount,
    Priority: message.priority,
    ...extrasTree(message.extras),
  };
}

/** Like a received message, without the handle and the time that only a holder has. */
export function peekedTree(message: StoredMessage): XmlTree {
  const { ReceiptHandle, NextVisibleTime, ...tree } = receivedTree(message);
  return tree;
}
