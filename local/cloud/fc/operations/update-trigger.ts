import { triggerAnswer } from '../answers.ts';
import { armed } from '../arm.ts';
import { bodyOf, type FcOperation, jsonAnswer } from '../operation.ts';
import { passRole, requireOwnRole } from '../role.ts';
import { triggerInput } from '../trigger-input.ts';

/**
 * Changes what is sent; the type stays, and of what is left out everything. Terraform's provider changes role, description
 * and configuration of any trigger in place. Throws 404 `FunctionNotFound` and `TriggerNotFound`, 400 `InvalidArgument`.
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
    const given = Object.entries(bodyOf(call)).filter(([, value]) => value !== null);
    const kept = { sourceArn, invocationRole, description, qualifier, triggerConfig: before.configText };
    const input = triggerInput({
      ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
      ...Object.fromEntries(given),
      triggerName,
      triggerType,
    });
    requireOwnRole(call, input.trigger.invocationRole);
    return jsonAnswer(call, triggerAnswer(fn, await armed(call, fn, input, before)));
  },
};
