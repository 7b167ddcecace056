import { type MnsCode, mnsError } from './errors.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const LONGEST = 120;

type Kind = 'Queue' | 'Topic' | 'Subscription';

const CODES: Readonly<Record<Kind, { invalid: MnsCode; length: MnsCode }>> = {
  Queue: { invalid: 'InvalidQueueName', length: 'QueueNameLengthError' },
  Topic: { invalid: 'TopicNameInvalid', length: 'TopicNameLengthError' },
  Subscription: { invalid: 'SubscriptionNameInvalid', length: 'SubscriptionNameLengthError' },
};

/**
 * Names are 1 to 120 letters, digits, hyphens and underscores, and start with a letter or a digit
 * (page "CreateQueue"). Throws `InvalidQueueName`, `QueueNameLengthError` and their like, all 400.
 */
export function assertName(kind: Kind, name: string): void {
  const codes = CODES[kind];
  const lower = kind.toLowerCase();
  if (name.length < 1 || name.length > LONGEST) {
    throw mnsError(codes.length, `${kind} name length should between 1 and ${LONGEST}.`);
  }
  if (!NAME.test(name)) {
    throw mnsError(codes.invalid, `The ${lower} name you provided is invalid.`);
  }
}
