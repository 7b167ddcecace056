import { triggerAnswer } from '../answers.ts';
import { armed } from '../arm.ts';
import { invalidArgument } from '../errors.ts';
import { bodyOf, type FcOperation, jsonAnswer } from '../operation.ts';
import { passRole, requireOwnRole } from '../role.ts';
import { triggerInput } from '../trigger-input.ts';

/**
 * Changes what is sent of an `http` or a `timer` trigger; its type and its source stay. That the others are refused is
 * inferred: the tool never asks for it. Throws 404 `FunctionNotFound` and `TriggerNotFound`, 400 `InvalidArgument`.
 */
export const updateTrigger: FcOperation = {
  name: 'UpdateTrigger',
  kind: 'write',
  page: 'UpdateTrigger - Update a trigger',
  method: 'PUT',
  path: '/functions/:function/triggers/:trigger',
  resource: 'functions/:function/triggers/:trigger',
  further: (call) => passRole(call, 'invocationRole'),
  run: async (call) => {
    const { fc } = call.account;
    const fn = fc.function(call.names.function);
    const before = fc.trigger(call.names.function, call.names.trigger);
    const { triggerType, triggerName, sourceArn, invocationRole, description, qualifier } = before.trigger;
    if (triggerType !== 'http' && triggerType !== 'timer')
      throw invalidArgument(
        `a trigger of type ${triggerType} cannot be updated: delete it and make it again`,
      );
    const given = Object.entries(bodyOf(call)).filter(([, value]) => value !== null);
    const kept = { sourceArn, invocationRole, description, qualifier, triggerConfig: before.configText };
    const input = triggerInput({
      ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
      ...Object.fromEntries(given),
      triggerName,
      triggerType,
    });
    requireOwnRole(call, input.trigger.invocationRole);
    return jsonAnswer(call, triggerAnswer(await armed(call, fn, input, before)));
  },
};
