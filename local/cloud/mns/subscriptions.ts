import { isDeepStrictEqual } from 'node:util';
import type { Account, World } from '../world.ts';
import type { NotifyContentFormat, NotifyStrategy, SubscriptionAttributes } from './attributes.ts';
import { type Endpoint, parseEndpoint } from './delivery/endpoint.ts';
import { mnsError, subscriptionNotExist } from './errors.ts';
import { invalidArgument } from './fields.ts';
import { assertTag } from './limits.ts';
import { assertName } from './names.ts';
import type { Subscription } from './topic.ts';

/** What a subscriber asks for. What is left out takes the vendor's default. */
export interface SubscriptionRequest {
  /** `acs:mns:<region>:<uid>:[/]queues/<q>`, `acs:fc:<region>:<uid>:functions/<f>` or an http(s) address. */
  readonly endpoint: string;
  /** At most 16 characters; left out: every message. */
  readonly filterTag?: string | undefined;
  /** Default `BACKOFF_RETRY`. */
  readonly notifyStrategy?: NotifyStrategy | undefined;
  /** Default `STREAM` for a function, `XML` for anything else. */
  readonly notifyContentFormat?: NotifyContentFormat | undefined;
  /** Without one, pushes to a queue of another account are refused. */
  readonly stsRoleArn?: string | undefined;
  readonly deadLetterQueue?: string | undefined;
}

/**
 * Subscribes an endpoint to a topic unless the same subscription is there.
 * Throws `TopicNotExist` 404, `SubscriptionAlreadyExist` 409, and 400 for a wrong name, endpoint or combination.
 */
export function ensureSubscription(
  world: World,
  account: Account,
  topicName: string,
  name: string,
  request: SubscriptionRequest,
): { subscription: Subscription; created: boolean } {
  const topic = account.mns.topic(topicName);
  assertName('Subscription', name);
  const attributes = attributesOf(world, account, request);
  const existing = topic.subscriptions.get(name);
  if (existing !== undefined) {
    if (isDeepStrictEqual(existing.attributes, attributes)) return { subscription: existing, created: false };
    throw mnsError('SubscriptionAlreadyExist', 'The subscription you want to create is already exist.');
  }
  const now = world.clock.now();
  const subscription: Subscription = { name, attributes, createdAt: now, modifiedAt: now };
  topic.subscriptions.set(name, subscription);
  return { subscription, created: true };
}

/** Throws `TopicNotExist` or `SubscriptionNotExist`, both 404. */
export function findSubscription(account: Account, topicName: string, name: string): Subscription {
  const subscription = account.mns.topic(topicName).subscriptions.get(name);
  if (subscription === undefined) throw subscriptionNotExist();
  return subscription;
}

function attributesOf(world: World, account: Account, request: SubscriptionRequest): SubscriptionAttributes {
  const endpoint = parseEndpoint(world, request.endpoint);
  const stsRoleArn = request.stsRoleArn ?? null;
  const filterTag = request.filterTag ?? null;
  if (filterTag !== null) assertTag('FilterTag', filterTag);
  if (stsRoleArn !== null && !ROLE_ARN.test(stsRoleArn))
    throw invalidArgument('The value of StsRoleArn is not the ARN of a role.');
  checkAccount(account, endpoint);
  const deadLetterQueue = request.deadLetterQueue ?? null;
  checkDeadLetterQueue(account, deadLetterQueue);
  const notifyContentFormat =
    request.notifyContentFormat ?? (endpoint.type === 'function' ? 'STREAM' : 'XML');
  if (notifyContentFormat === 'STREAM' && endpoint.type !== 'function') {
    throw invalidArgument('The value of NotifyContentFormat can be STREAM for a function only.');
  }
  const notifyStrategy = request.notifyStrategy ?? 'BACKOFF_RETRY';
  return {
    endpoint: request.endpoint,
    filterTag,
    notifyStrategy,
    notifyContentFormat,
    stsRoleArn,
    deadLetterQueue,
  };
}

const ROLE_ARN = /^acs:ram::[0-9]+:role\/[A-Za-z0-9._-]{1,64}$/i;

/**
 * A function of another account is refused at once. A queue of another account is taken, with a role and without: what
 * comes of it shows when something is pushed.
 */
function checkAccount(account: Account, endpoint: Endpoint): void {
  if (endpoint.type !== 'function' || endpoint.uid === account.uid) return;
  throw mnsError(
    'EndpointInvalid',
    'The function is of another account: a topic invokes functions of its own only.',
  );
}

/** It is a queue of the topic's own account. Throws `InvalidArgument`. */
export function checkDeadLetterQueue(account: Account, name: string | null): void {
  if (name === null || account.mns.queues.has(name)) return;
  throw invalidArgument(`The dead letter queue ${name} is not exist.`);
}
