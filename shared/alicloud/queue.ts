import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import { CloudError, tellCaller } from './errors.ts';
import { callMns, type MnsAnswer, type MnsOptions } from './mns-call.ts';
import { type Patience, persist } from './retry.ts';

export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
}

/** How much longer than the long poll the socket may be silent, in ms. The SDK's timeouts start with the request. */
const POLL_SLACK_MS = 10_000;

const countsAnswer = z.object({
  ActiveMessages: z._default(z.coerce.number(), 0),
  InactiveMessages: z._default(z.coerce.number(), 0),
});

/** A queue as its consumer sees it. */
export function queue(name: string, options: MnsOptions, patience: Patience) {
  return {
    /** The next message, or null when none came within `waitSeconds` (0 to 30). */
    async receive(waitSeconds: number): Promise<Received | null> {
      const what = `MNS ReceiveMessage from ${name}`;
      try {
        const answer = await persist(what, patience, () =>
          callMns(what, options, waitSeconds * 1_000 + POLL_SLACK_MS, 200, (client) =>
            client.receiveMessage(name, waitSeconds),
          ),
        );
        return receivedOf(answer);
      } catch (error) {
        if (error instanceof CloudError && error.failure.code === 'MessageNotExist') return null;
        throw tellCaller(error);
      }
    },
    /**
     * Shows a received message to others again in `seconds`, 1 to 43,200, instead of after the queue's own timeout. One
     * that was shown again already, or taken out, is left as it is.
     */
    async release(receiptHandle: string, seconds: number): Promise<void> {
      const what = `MNS ChangeMessageVisibility in ${name}`;
      try {
        await persist(what, patience, (timeoutMs) =>
          callMns(what, options, timeoutMs, 200, (client) =>
            client.changeMessageVisibility(name, receiptHandle, seconds),
          ),
        );
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (/^(ReceiptHandleError|MessageNotExist)$/.test(error.failure.code)) return;
        throw tellCaller(error);
      }
    },
    /**
     * Keeps a received message from others for `seconds`, 1 to 43,200, from now on. Answers its new receipt handle, since
     * the old one is good for nothing then. Throws `CloudError` where others see it again already.
     */
    async hold(receiptHandle: string, seconds: number): Promise<string> {
      const what = `MNS ChangeMessageVisibility in ${name}`;
      try {
        const { body } = await persist(what, patience, (timeoutMs) =>
          callMns(what, options, timeoutMs, 200, (client) =>
            client.changeMessageVisibility(name, receiptHandle, seconds),
          ),
        );
        return String(body?.['ReceiptHandle'] ?? receiptHandle);
      } catch (error) {
        throw tellCaller(error);
      }
    },
    /**
     * How many messages it holds, those that somebody has received among them; about, as the service counts them.
     *
     * Belief queue-counts (inferred): the XML API goes on counting the messages of a queue. Source: its page; that of the
     * control API announces that it will say 0. Shown wrong by: doctor --live.
     */
    async count(): Promise<number> {
      const what = `MNS GetQueueAttributes of ${name}`;
      try {
        const { body } = await persist(what, patience, (timeoutMs) =>
          callMns(what, options, timeoutMs, 200, (client) => client.get(`/queues/${name}`, 'Queue')),
        );
        const { ActiveMessages, InactiveMessages } = parseAnswer(what, countsAnswer, body);
        return ActiveMessages + InactiveMessages;
      } catch (error) {
        throw tellCaller(error);
      }
    },
    /** Takes a received message out of the queue for good. */
    async remove(receiptHandle: string): Promise<void> {
      const what = `MNS DeleteMessage from ${name}`;
      try {
        await persist(what, patience, (timeoutMs) =>
          callMns(what, options, timeoutMs, 204, (client) => client.deleteMessage(name, receiptHandle)),
        );
      } catch (error) {
        throw tellCaller(error);
      }
    },
  };
}

function receivedOf({ body }: MnsAnswer): Received | null {
  const { MessageId = '', MessageBody, ReceiptHandle } = body ?? {};
  if (MessageBody === undefined || ReceiptHandle === undefined) return null;
  return {
    messageId: String(MessageId),
    body: String(MessageBody),
    receiptHandle: String(ReceiptHandle),
  };
}
