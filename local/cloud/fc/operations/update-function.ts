import { functionAnswer } from '../answers.ts';
import { functionOf } from '../find.ts';
import { functionInput, settingsOf } from '../function-input.ts';
import { bodyOf, type FcOperation, jsonAnswer } from '../operation.ts';
import { passRole, requireOwnRole } from '../role.ts';
import { fetchCode } from '../upload.ts';

/**
 * Changes the settings that are sent, and the code if it is: both at once, for every invocation that starts after the
 * answer. What runs goes on as it began. Throws 404 `FunctionNotFound`, 400 `InvalidArgument`.
 */
export const updateFunction: FcOperation = {
  name: 'UpdateFunction',
  kind: 'write',
  page: 'UpdateFunction - Update a function',
  method: 'PUT',
  path: '/functions/:function',
  resource: 'functions/:function',
  further: (call) => passRole(call, 'role'),
  run: async (call) => {
    const { code: location, given } = functionInput(bodyOf(call));
    const fn = functionOf(call);
    const code = location === undefined ? null : await fetchCode(call, location);
    const { revision } = fn;
    const all = { ...revision.given, ...given };
    const settings = settingsOf(all);
    requireOwnRole(call, settings.role);
    fn.revision = { code: code ?? revision.code, settings, given: all };
    fn.modifiedAt = call.world.clock.now();
    return jsonAnswer(call, functionAnswer(fn));
  },
};
