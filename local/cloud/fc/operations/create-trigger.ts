import { triggerAnswer } from '../answers.ts';
import { armed } from '../arm.ts';
import { triggerAlreadyExists } from '../errors.ts';
import { functionOf } from '../find.ts';
import { bodyOf, type FcOperation, jsonAnswer } from '../operation.ts';
import { passRole, requireOwnRole, textIn } from '../role.ts';
import { triggerInput } from '../trigger-input.ts';

/**
 * `mns_topic` subscribes the function to the topic, `http` gives it a URL, `timer` has it fire by its schedule. Throws 404
 * `FunctionNotFound`, 409 `TriggerAlreadyExists`, 400 `InvalidArgument`.
 */
export const createTrigger: FcOperation = {
  name: 'CreateTrigger',
  kind: 'write',
  page: 'CreateTrigger - Create a function trigger',
  method: 'POST',
  path: '/functions/:function/triggers',
  // The name stands in the body only.
  resource: [],
  further: (call) => [
    {
      action: 'fc:CreateTrigger',
      resource: `acs:fc:${call.world.region}:${call.account.uid}:functions/${call.names.function}/triggers/${textIn(call.request.body, 'triggerName')}`,
    },
    ...passRole(call, 'invocationRole'),
  ],
  run: async (call) => {
    const fn = functionOf(call);
    const input = triggerInput(bodyOf(call));
    const { triggerName, invocationRole } = input.trigger;
    requireOwnRole(call, invocationRole);
    if (fn.triggers.has(triggerName)) throw triggerAlreadyExists(triggerName);
    return jsonAnswer(call, triggerAnswer(fn, await armed(call, fn, input)));
  },
};
