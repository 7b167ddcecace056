import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** Every function scales by itself here. Throws 404 `FunctionNotFound`. */
export const getScalingConfig: FcOperation = {
  name: 'GetScalingConfig',
  kind: 'read',
  page: 'GetScalingConfig - Query the scaling configuration of a function',
  method: 'GET',
  path: '/functions/:function/scaling-config',
  resource: 'functions/:function',
  run: (call) => {
    functionOf(call);
    return jsonAnswer(call, {});
  },
};
