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
  const has = async (kind: Kind, name: string): Promise<boolean> => {
    try {
      await send(`MNS Get${kind}Attributes of ${name}`, 200, (client) =>
        client.get(pathOf(kind, name), kind),
      );
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  };
  const create = async (kind: Kind, name: string, attribute: string, value: number): Promise<void> => {
    const document = `<?xml version="1.0" encoding="UTF-8"?><${kind} xmlns="http://mns.aliyuncs.com/doc/v1/"><${attribute}>${value}</${attribute}></${kind}>`;
    await send(`MNS Create${kind} ${name}`, [201, 204], (client) =>
      client.put(pathOf(kind, name), kind, Buffer.from(document)),
    );
  };
  const remove = async (kind: Kind, name: string): Promise<void> => {
    try {
      await send(`MNS Delete${kind} ${name}`, 204, (client) => client.delete(pathOf(kind, name), kind, ''));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };
  return {
    hasTopic: (name: string) => has('Topic', name),
    createTopic: (name: string) => create('Topic', name, 'MaximumMessageSize', MAX_MESSAGE_BYTES),
    deleteTopic: (name: string) => remove('Topic', name),
    hasQueue: (name: string) => has('Queue', name),
    createQueue: (name: string) => create('Queue', name, 'MessageRetentionPeriod', RETENTION_SECONDS),
    deleteQueue: (name: string) => remove('Queue', name),
  };
}

/** As the service calls it, and the root of its documents. */
type Kind = 'Topic' | 'Queue';

const pathOf = (kind: Kind, name: string): string => `/${kind.toLowerCase()}s/${name}`;

const isMissing = (error: unknown): boolean =>
  error instanceof CloudError && /NotExist$/.test(error.failure.code);

/** The longest that a queue keeps a message: a week, to notice a dead letter or a reply in. */
const RETENTION_SECONDS = 604_800;
