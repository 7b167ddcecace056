import { invalidArgument } from './errors.ts';
import { checked } from './function-input.ts';
import { objectIn } from './json.ts';
import { type Trigger, triggerSchema } from './trigger.ts';

/** A trigger as a request describes it: read, and its configuration as it was sent. */
export interface TriggerInput {
  readonly trigger: Trigger;
  readonly configText: string;
}

/** Reads a trigger, whose `triggerConfig` is JSON text. Throws `ApiError` 400 `InvalidArgument` that names the place. */
export function triggerInput(body: Readonly<Record<string, unknown>>): TriggerInput {
  const { triggerConfig: configText } = body;
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== '');
  const config = typeof configText === 'string' ? objectIn(configText) : null;
  if (typeof configText !== 'string' || config === null)
    throw invalidArgument('trigger.triggerConfig must be the text of a JSON object');
  const trigger = checked(triggerSchema, { ...Object.fromEntries(given), triggerConfig: config }, 'trigger');
  return { trigger, configText };
}
