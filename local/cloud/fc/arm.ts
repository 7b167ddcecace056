import { invalidArgument, triggerNotFound } from './errors.ts';
import type { FcCall } from './operation.ts';
import type { FunctionRecord, TriggerRecord } from './state.ts';
import { resubscribeFunction, subscribeFunction, unsubscribeFunction } from './topic-trigger.ts';
import type { Trigger } from './trigger.ts';

/**
 * Has a new trigger fire from now on, or a changed one as it now says, and keeps it. `before`: what it replaces.
 * Throws `ApiError` 400 `InvalidArgument` for what cannot be; then nothing has changed.
 */
export async function armed(
  call: FcCall,
  fn: FunctionRecord,
  { trigger, configText }: { readonly trigger: Trigger; readonly configText: string },
  before?: TriggerRecord,
): Promise<TriggerRecord> {
  if (trigger.qualifier !== 'LATEST')
    throw invalidArgument(`qualifier ${trigger.qualifier}: the local cloud has LATEST only`);
  if (trigger.triggerType === 'mns_topic') {
    if (before?.trigger.triggerType === 'mns_topic') resubscribeFunction(call, fn, before.trigger, trigger);
    else subscribeFunction(call, fn, trigger);
  }
  const url = (await call.functions.arm?.(fn, trigger)) ?? null;
  const now = call.world.clock.now();
  const record = { trigger, configText, createdAt: before?.createdAt ?? now, modifiedAt: now, url };
  fn.triggers.set(trigger.triggerName, record);
  return record;
}

/** Has a trigger fire no more, and forgets it. Throws `ApiError` 404 `TriggerNotFound`. */
export async function disarmed(call: FcCall, fn: FunctionRecord, name: string): Promise<void> {
  const record = fn.triggers.get(name);
  if (record === undefined) throw triggerNotFound(name);
  fn.triggers.delete(name);
  if (record.trigger.triggerType === 'mns_topic') unsubscribeFunction(call, fn, record.trigger);
  await call.functions.disarm?.(fn, record);
}
