import { ApiError } from '../error.ts';
import { subscribe } from '../mns/index.ts';
import { invalidArgument } from './errors.ts';
import type { FcCall } from './operation.ts';
import type { FunctionRecord } from './state.ts';
import type { MnsTopicTrigger } from './trigger.ts';

/**
 * Subscribes a function to the topic of its trigger. Throws `ApiError` 400 `InvalidArgument` for a topic of another account
 * or region, one that is not there, and a subscription of that name that is another's.
 */
export function subscribeFunction(call: FcCall, fn: FunctionRecord, trigger: MnsTopicTrigger): void {
  const { world, account } = call;
  const [, , region, uid] = trigger.sourceArn.split(':');
  if (region !== world.region || (uid !== '' && uid !== account.uid))
    throw invalidArgument(
      `${fn.name}/${trigger.triggerName}: a topic trigger needs a topic of its own account and region`,
    );
  const { filterTag, notifyStrategy, notifyContentFormat } = trigger.triggerConfig;
  try {
    subscribe(world, account, topicOf(trigger), subscriptionOf(fn, trigger), {
      endpoint: fn.arn,
      notifyStrategy,
      notifyContentFormat,
      ...(filterTag === undefined ? {} : { filterTag }),
      ...(trigger.invocationRole === undefined ? {} : { stsRoleArn: trigger.invocationRole }),
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw invalidArgument(`${fn.name}/${trigger.triggerName}: ${error.code}: ${error.message}`);
  }
}

/**
 * The same for a trigger that is changed: what is under way to the function stays so. Throws as `subscribeFunction`; then
 * the subscription is as it was.
 */
export function resubscribeFunction(
  call: FcCall,
  fn: FunctionRecord,
  before: MnsTopicTrigger,
  trigger: MnsTopicTrigger,
): void {
  const name = subscriptionOf(fn, before);
  const was = call.account.mns.topics.get(topicOf(before))?.subscriptions;
  const subscription = was?.get(name);
  was?.delete(name);
  try {
    subscribeFunction(call, fn, trigger);
  } catch (error) {
    if (subscription !== undefined) was?.set(name, subscription);
    throw error;
  }
  const made = was?.get(name);
  if (subscription === undefined || made === undefined) return;
  subscription.attributes = made.attributes;
  subscription.modifiedAt = made.modifiedAt;
  was?.set(name, subscription);
}

/** A topic that is gone has no subscriptions either. */
export function unsubscribeFunction({ account }: FcCall, fn: FunctionRecord, trigger: MnsTopicTrigger): void {
  account.mns.topics.get(topicOf(trigger))?.subscriptions.delete(subscriptionOf(fn, trigger));
}

const topicOf = ({ sourceArn }: MnsTopicTrigger): string => sourceArn.replace(/.*:\/topics\//, '');

const subscriptionOf = (fn: FunctionRecord, { triggerName }: MnsTopicTrigger): string =>
  `${fn.name}-${triggerName}`.replaceAll('_', '-');
