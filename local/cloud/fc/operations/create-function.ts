import { functionAnswer } from '../answers.ts';
import { functionAlreadyExists, invalidArgument } from '../errors.ts';
import { functionInput, settingsOf } from '../function-input.ts';
import { bodyOf, type FcOperation, jsonAnswer } from '../operation.ts';
import { passRole, requireOwnRole, textIn } from '../role.ts';
import { fetchCode } from '../upload.ts';

/** Throws 409 `FunctionAlreadyExists`, 400 `InvalidArgument` for settings and code that cannot be. */
export const createFunction: FcOperation = {
  name: 'CreateFunction',
  kind: 'write',
  page: 'CreateFunction - Create a function',
  method: 'POST',
  path: '/functions',
  // The name stands in the body only.
  resource: [],
  further: (call) => [
    {
      action: 'fc:CreateFunction',
      resource: `acs:fc:${call.world.region}:${call.account.uid}:functions/${textIn(call.request.body, 'functionName')}`,
    },
    ...passRole(call, 'role'),
  ],
  run: async (call) => {
    const { account, world } = call;
    const { name, code: location, given, tags } = functionInput(bodyOf(call));
    if (name === undefined) throw invalidArgument('functionName is missing');
    if (account.fc.functions.has(name)) throw functionAlreadyExists(name);
    if (location === undefined) throw invalidArgument('code is missing');
    // `s.yaml` may leave it to the tool; the API may not (@alicloud/fc20230330).
    if (given['handler'] === undefined) throw invalidArgument('function.handler is missing');
    const settings = settingsOf(given);
    requireOwnRole(call, settings.role);
    const code = await fetchCode(call, location);
    // Another may have made it while the code was read.
    if (account.fc.functions.has(name)) throw functionAlreadyExists(name);
    const made = account.fc.add(name, world.region, { code, settings, given });
    made.tags = tags;
    return jsonAnswer(call, functionAnswer(made));
  },
};
