import * as z from 'zod';
import { parseAnswer } from './answers.ts';
import { CloudError } from './errors.ts';
import { callMns, type MnsAnswer, type MnsOptions } from './mns-call.ts';
import { type Patience, persist } from './retry.ts';

/** Where a topic pushes to, and how. */
export interface Subscription {
  /** `acs:mns:<region>:<uid>:queues/<queue>`. */
  readonly endpoint: string;
  readonly contentFormat: 'XML' | 'JSON' | 'SIMPLIFIED';
  readonly strategy: 'BACKOFF_RETRY' | 'EXPONENTIAL_DECAY_RETRY';
  /** Role of the queue's account that the push runs under; null inside one account. */
  readonly roleArn: string | null;
}

/** A subscription as it was found: its words may be some that nobody here would choose. */
export type FoundSubscription = { readonly [Field in keyof Subscription]: string | null };

const subscriptionAnswer = z.object({
  Endpoint: z.string(),
  NotifyContentFormat: z.string(),
  NotifyStrategy: z.string(),
  StsRoleArn: z.string().optional(),
});

type Send = (client: Parameters<Parameters<typeof callMns>[4]>[0]) => Promise<MnsAnswer>;

/**
 * Makes and takes away queues, topics and subscriptions. `@alicloud/mns` 1.2.0 declares `subscribe`, `unsubscribe`,
 * `deleteTopic` and the reading of subscriptions and leaves them empty, so everything here goes through the signed `get`,
 * `put` and `delete` that its other operations are made of.
 *
 * `StsRoleArn`, the field that lets a topic push into another account, is documented for the control API `mns-open`
 * 2022-01-19; that the XML API takes it too is inferred, and this file is the seam.
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
        client.put(`/topics/${name}`, 'Topic', xml('Topic', {})),
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
    /** Null where there is none. */
    async subscription(topic: string, name: string): Promise<FoundSubscription | null> {
      const what = `MNS GetSubscriptionAttributes of ${name}`;
      const answer = await read(what, path(topic, name), 'Subscription');
      if (answer === null) return null;
      const found = parseAnswer(what, subscriptionAnswer, answer);
      return {
        endpoint: found.Endpoint,
        contentFormat: found.NotifyContentFormat,
        strategy: found.NotifyStrategy,
        roleArn: found.StsRoleArn ?? null,
      };
    },
    async subscribe(topic: string, name: string, wanted: Subscription): Promise<void> {
      const body = xml('Subscription', {
        Endpoint: wanted.endpoint,
        NotifyStrategy: wanted.strategy,
        NotifyContentFormat: wanted.contentFormat,
        ...(wanted.roleArn === null ? {} : { StsRoleArn: wanted.roleArn }),
      });
      await send(`MNS Subscribe ${name}`, [201, 204], (client) =>
        client.put(path(topic, name), 'Subscription', body),
      );
    },
    unsubscribe: (topic: string, name: string) =>
      remove(`MNS Unsubscribe ${name}`, path(topic, name), 'Subscription'),
  };
}

/** The longest that a queue keeps a message: a week, to notice a dead letter or a reply in. */
const RETENTION_SECONDS = 604_800;

const path = (topic: string, name: string): string => `/topics/${topic}/subscriptions/${name}`;

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
