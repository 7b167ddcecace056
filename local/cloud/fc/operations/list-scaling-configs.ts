import { type FcOperation, jsonAnswer } from '../operation.ts';

/** Every function scales by itself here, so the list is empty. */
export const listScalingConfigs: FcOperation = {
  name: 'ListScalingConfigs',
  kind: 'read',
  page: 'ListScalingConfigs - Query a list of scaling configurations',
  method: 'GET',
  path: '/scaling-configs',
  resource: 'scaling-configs/*',
  run: (call) => jsonAnswer(call, { scalingConfigs: [] }),
};
