import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import type { Outbox } from '../ports.ts';
import { tellCaller } from './errors.ts';
import { callMns, type MnsOptions } from './mns-call.ts';
import { type Patience, persist } from './retry.ts';

/** Characters that the SDK would not escape: it puts the text into XML as it is. */
const UNSAFE = /[<>&\ufffe\uffff]/;

/**
 * Publishes texts that are safe inside XML; `persist`s, so a copy may arrive twice.
 *
 * Belief filter-by-tag (inferred): a subscription with a filter gets the messages of that tag, and none without a
 * tag. Source: the page says equality, and nothing of messages without one. Shown wrong by: doctor --live.
 */
export function topic(name: string, options: MnsOptions, patience: Patience) {
  const what = `MNS PublishMessage to ${name}`;
  return {
    /** Resolves with the message id that the service gave. `tag` is at most 16 characters. */
    async publish(body: string, tag?: string): Promise<string> {
      if (UNSAFE.test(body)) throw new TypeError(`${what}: the body is not safe inside XML`);
      try {
        const answer = await persist(what, patience, (timeoutMs) =>
          callMns(what, options, timeoutMs, 201, (client) =>
            client.publishMessage(name, {
              MessageBody: body,
              ...(tag === undefined ? {} : { MessageTag: tag }),
            }),
          ),
        );
        return String(answer.body?.['MessageId'] ?? '');
      } catch (error) {
        throw tellCaller(error);
      }
    },
  };
}

/** Publishes replies. The message tag says whom a reply is for: each subscription is filtered by its own. */
export function outbox(name: string, options: MnsOptions, patience: Patience): Outbox {
  const replies = topic(name, options, patience);
  return {
    async publish(reply, addressee) {
      await replies.publish(xmlSafeJson(reply), addressee);
    },
  };
}
