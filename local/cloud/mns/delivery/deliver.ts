import { millis } from '../../../../shared/runtime/clock.ts';
import { addBounded } from '../../bounded.ts';
import { ApiError } from '../../error.ts';
import { ConnectionLost } from '../../weather.ts';
import type { Undelivered } from '../topic.ts';
import type { Delivery } from './delivery.ts';
import { push } from './push.ts';
import { retryPauses } from './retry.ts';

/** Starts a delivery with its retries in the background; `MnsState.settled` waits for it. */
export function startDelivery(delivery: Delivery): void {
  delivery.account.mns.track(deliver(delivery));
}

/** Never rejects: what fails is kept in `MnsState.undelivered`. */
async function deliver(delivery: Delivery): Promise<void> {
  const { world, account, subscription } = delivery;
  const { notifyStrategy } = subscription.attributes;
  const pauses = retryPauses(notifyStrategy, () => account.mns.disorder.chance());
  let failure: Undelivered | null = null;
  for (;;) {
    // The publisher has its answer before the first push: this also keeps a throw out of `publish`.
    await Promise.resolve();
    const error = await tryOnce(delivery);
    if (error === null) {
      if (failure !== null) forget(delivery, failure);
      return;
    }
    failure = note(delivery, failure, error);
    const pause = pauses.next();
    if (pause.done === true) return toDeadLetters(delivery);
    failure.nextAttemptAt = millis(world.clock.now() + pause.value);
    await world.clock.sleep(pause.value, world.ended);
    failure.nextAttemptAt = null;
    if (world.ended.aborted || !isSubscribed(delivery)) return;
  }
}

/** What was given up goes where the subscription says, if that queue is still there. */
function toDeadLetters({ account, subscription, message }: Delivery): void {
  const { deadLetterQueue } = subscription.attributes;
  if (deadLetterQueue !== null)
    account.mns.queues.get(deadLetterQueue)?.send({ body: message.body, extras: message.extras });
}

type Failure = Undelivered['lastError'];

/** Goes through the weather as operation `Push` of `mns`, so that faults can meet deliveries as well as calls. */
async function tryOnce(delivery: Delivery): Promise<Failure | null> {
  const { world, topic, subscription } = delivery;
  const input = { topic: topic.name, subscription: subscription.name };
  try {
    await world.weather.pass({ service: 'mns', operation: 'Push', accessKeyId: '', input }, () =>
      push(delivery),
    );
    return null;
  } catch (error) {
    if (error instanceof ApiError) return { code: error.code, message: error.message };
    if (error instanceof ConnectionLost) return { code: 'ConnectionLost', message: error.message };
    if (error instanceof Error) return { code: error.name, message: error.message };
    return { code: 'Error', message: String(error) };
  }
}

function note(delivery: Delivery, known: Undelivered | null, lastError: Failure): Undelivered {
  if (known !== null) {
    known.attempts += 1;
    known.lastError = lastError;
    return known;
  }
  const failure: Undelivered = {
    topicName: delivery.topic.name,
    subscriptionName: delivery.subscription.name,
    endpoint: delivery.subscription.attributes.endpoint,
    message: delivery.message,
    attempts: 1,
    lastError,
    nextAttemptAt: null,
  };
  addBounded(delivery.account.mns.undelivered, failure, delivery.world.keep);
  return failure;
}

function forget({ account }: Delivery, failure: Undelivered): void {
  const { undelivered } = account.mns;
  const at = undelivered.indexOf(failure);
  if (at >= 0) undelivered.splice(at, 1);
}

/** Nothing more is pushed to a subscription, or from a topic, that was deleted meanwhile. */
function isSubscribed({ account, topic, subscription }: Delivery): boolean {
  return account.mns.topics.get(topic.name)?.subscriptions.get(subscription.name) === subscription;
}
