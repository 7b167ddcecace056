import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../world.ts';
import type { TopicAttributes } from './attributes.ts';
import { mnsError } from './errors.ts';
import { assertName } from './names.ts';
import type { Topic } from './topic.ts';

/**
 * Creates a topic unless one with the same name and attributes is there.
 * Throws `TopicAlreadyExist` 409 if its attributes are others, and 400 for a wrong name.
 */
export function ensureTopic(
  account: Account,
  name: string,
  attributes: TopicAttributes,
): { topic: Topic; created: boolean } {
  assertName('Topic', name);
  const topic = account.mns.topics.get(name);
  if (topic === undefined) return { topic: account.mns.addTopic(name, attributes), created: true };
  if (!isDeepStrictEqual(topic.attributes, attributes)) {
    throw mnsError('TopicAlreadyExist', 'The topic you want to create is already exist.');
  }
  return { topic, created: false };
}
