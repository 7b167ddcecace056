import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** No instance is kept ready here. Throws 404 `FunctionNotFound`. */
export const getProvisionConfig: FcOperation = {
  name: 'GetProvisionConfig',
  kind: 'read',
  page: 'GetProvisionConfig - Query the provisioned instances of a function',
  method: 'GET',
  path: '/functions/:function/provision-config',
  resource: 'functions/:function',
  run: (call) => {
    functionOf(call);
    return jsonAnswer(call, {});
  },
};
