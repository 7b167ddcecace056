import { asyncConfigAnswer } from '../answers.ts';
import { asyncInvokeConfig } from '../async-config.ts';
import { functionOf } from '../find.ts';
import { checked } from '../function-input.ts';
import { bodyAboutFunction, type FcOperation, jsonAnswer } from '../operation.ts';

/** The version stands in the query here, and in `s.yaml` among the settings. */
const settings = asyncInvokeConfig.omit({ qualifier: true });

/** Holds for events that are retried after it, too. Throws 404 `FunctionNotFound`, 400 `InvalidArgument`. */
export const putAsyncInvokeConfig: FcOperation = {
  name: 'PutAsyncInvokeConfig',
  kind: 'write',
  page: 'PutAsyncInvokeConfig - Create or update an asynchronous invocation configuration',
  method: 'PUT',
  path: '/functions/:function/async-invoke-config',
  action: 'fc:PutFunctionAsyncInvokeConfig',
  resource: 'functions/:function',
  run: (call) => {
    const fn = functionOf(call);
    const given = Object.fromEntries(
      Object.entries(bodyAboutFunction(call)).filter(([, value]) => value !== null),
    );
    const config = checked(settings, given, 'asyncInvokeConfig');
    const now = call.world.clock.now();
    fn.asyncConfig = { config, given, createdAt: fn.asyncConfig?.createdAt ?? now, modifiedAt: now };
    return jsonAnswer(call, asyncConfigAnswer(fn) ?? {});
  },
};
