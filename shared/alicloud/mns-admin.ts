import { MAX_MESSAGE_BYTES } from '../../events/size-limit.ts';
import { CloudError } from './errors.ts';
import { callMns, type MnsAnswer, type MnsOptions } from './mns-call.ts';
import { type Patience, persist } from './retry.ts';

type Send = (client: Parameters<Parameters<typeof callMns>[4]>[0]) => Promise<MnsAnswer>;

/**
 * Makes and takes away queues and topics; subscriptions are `mns-open.ts`. `@alicloud/mns` 1.2.0 declares `deleteTopic`
 * and leaves it empty, so everything here goes through the signed `get`, `put` and `delete` that its other operations are
 * made of.
 *
 * Every call throws `CloudError` for a refusal, `RetryableError` when the time is up.
 */
export function mnsAdmin(options: MnsOptions, patience: Patience) {
  const send = (what: string, expected: number | readonly number[], call: Send): Promise<MnsAnswer> =>
    persist(what, patience, (timeoutMs) => callMns(what, options, timeoutMs, expected, call));
  const read = async (what: string, path: string, root: string): Promise<unknown> => {
    try {
      return (await send(what, 200, (client) => client.get(path, root))).body;
    } catch (error) {
      if (error instanceof CloudError && /NotExist$/.test(error.failure.code)) return null;
      throw error;
    }
  };
  const remove = async (what: string, path: string, root: string): Promise<void> => {
    try {
      await send(what, 204, (client) => client.delete(path, root, ''));
    } catch (error) {
      if (!(error instanceof CloudError) || !/NotExist$/.test(error.failure.code)) throw error;
    }
  };
  return {
    hasTopic: async (name: string) =>
      (await read(`MNS GetTopicAttributes of ${name}`, `/topics/${name}`, 'Topic')) !== null,
    createTopic: async (name: string) =>
      void (await send(`MNS CreateTopic ${name}`, [201, 204], (client) =>
        client.put(
          `/topics/${name}`,
          'Topic',
          xml('Topic', { MaximumMessageSize: String(MAX_MESSAGE_BYTES) }),
        ),
      )),
    deleteTopic: (name: string) => remove(`MNS DeleteTopic ${name}`, `/topics/${name}`, 'Topic'),
    hasQueue: async (name: string) =>
      (await read(`MNS GetQueueAttributes of ${name}`, `/queues/${name}`, 'Queue')) !== null,
    createQueue: async (name: string) =>
      void (await send(`MNS CreateQueue ${name}`, [201, 204], (client) =>
        client.put(
          `/queues/${name}`,
          'Queue',
          xml('Queue', { MessageRetentionPeriod: String(RETENTION_SECONDS) }),
        ),
      )),
    deleteQueue: (name: string) => remove(`MNS DeleteQueue ${name}`, `/queues/${name}`, 'Queue'),
  };
}

/** The longest that a queue keeps a message: a week, to notice a dead letter or a reply in. */
const RETENTION_SECONDS = 604_800;

/** A document of names and ARNs, which hold no character that XML gives a meaning to. */
function xml(root: string, fields: Readonly<Record<string, string>>): Buffer {
  const inner = Object.entries(fields).map(([key, value]) => {
    if (/[<>&]/.test(value)) throw new TypeError(`${key} is not safe inside XML`);
    return `<${key}>${value}</${key}>`;
  });
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://mns.aliyuncs.com/doc/v1/">${inner.join('')}</${root}>`,
  );
}
