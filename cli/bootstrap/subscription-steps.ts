import type { FoundSubscription } from '../../shared/alicloud/mns-open.ts';
import {
  madeKey,
  type ReplySubscription,
  subscriptionMark,
} from '../../shared/installation/reply-subscription.ts';
import type { DesiredAccount } from './desired.ts';
import type { Remember, SetUpGround, Steps } from './steps.ts';

type Wanted = DesiredAccount['subscriptions'][number];

/**
 * What has to be written so that a topic pushes into a queue of another account. No API shows the role of a subscription,
 * so one is as it must be only where our own memory says so; else it is made anew, by every run where the role that would
 * remember it is somebody else's. Pushes of the old one that wait for a retry are lost with it.
 */
export async function subscriptionSteps(
  one: Wanted,
  ground: SetUpGround,
  remember: Remember,
): Promise<Steps> {
  const { name, anchor, topic, wanted } = one;
  const [found, tags] = await Promise.all([
    ground.subscriptions.subscription(topic, name),
    ground.ram.roleTags(anchor),
  ]);
  const mark = tags.get(madeKey(`subscription-${name}`));
  if (found !== null && looksLike(found, wanted) && mark === subscriptionMark(wanted, found.createdAt))
    return { steps: [], conflicts: [] };
  if (found !== null && mark === undefined && elsewhere(found, wanted))
    return {
      steps: [],
      conflicts: [
        {
          kind: 'subscription',
          target: name,
          text: `the subscription ${name} of ${topic} delivers elsewhere, and bootstrap did not make it`,
          fix: 'delete it, then run bootstrap again',
        },
      ],
    };
  const run = () => subscribeAnew(one, ground, remember);
  return {
    steps: [{ operation: 'subscribe', target: name, reason: why(found, wanted), run }],
    conflicts: [],
  };
}

function why(found: FoundSubscription | null, wanted: ReplySubscription): string {
  if (found === null) return `delivers replies to ${wanted.endpoint}`;
  if (elsewhere(found, wanted)) return 'it delivers elsewhere';
  if (!looksLike(found, wanted)) return 'it delivers in another way';
  return ROLE_UNKNOWN;
}

export const ROLE_UNKNOWN = 'whether it has its role cannot be read, so it is made anew';

/** It stands for a moment without: what is published then is not pushed. Safe to repeat. */
async function subscribeAnew(
  { name, anchor, topic, wanted }: Wanted,
  { subscriptions }: SetUpGround,
  remember: Remember,
): Promise<void> {
  await subscriptions.unsubscribe(topic, name);
  await subscriptions.subscribe(topic, name, wanted);
  const made = await subscriptions.subscription(topic, name);
  await remember(
    `subscription-${name}`,
    anchor,
    made === null ? undefined : subscriptionMark(wanted, made.createdAt),
  );
}

/** The same queue, in either form of its ARN: the one that older versions wrote has no slash. */
const elsewhere = (found: FoundSubscription, wanted: ReplySubscription): boolean =>
  found.endpoint !== wanted.endpoint && found.endpoint !== wanted.endpoint.replace(':/queues/', ':queues/');

const looksLike = (found: FoundSubscription, wanted: ReplySubscription): boolean =>
  found.endpoint === wanted.endpoint &&
  found.contentFormat === wanted.contentFormat &&
  found.strategy === wanted.strategy &&
  found.filterTag === wanted.filterTag;
