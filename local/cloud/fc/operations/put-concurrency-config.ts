import * as z from 'zod';
import { functionOf } from '../find.ts';
import { checked } from '../function-input.ts';
import { bodyAboutFunction, type FcOperation, jsonAnswer } from '../operation.ts';
import { strict } from '../strict.ts';

const input = strict({ reservedConcurrency: z.int().min(0).max(300) });

/** Holds from the next invocation on. Throws 404 `FunctionNotFound`, 400 `InvalidArgument`. */
export const putConcurrencyConfig: FcOperation = {
  name: 'PutConcurrencyConfig',
  kind: 'write',
  page: 'PutConcurrencyConfig - Set the concurrency of a function',
  method: 'PUT',
  path: '/functions/:function/concurrency',
  resource: 'functions/:function',
  run: (call) => {
    const fn = functionOf(call);
    const { reservedConcurrency } = checked(input, bodyAboutFunction(call), 'concurrencyConfig');
    fn.reservedConcurrency = reservedConcurrency;
    return jsonAnswer(call, { functionArn: fn.arn, reservedConcurrency });
  },
};
